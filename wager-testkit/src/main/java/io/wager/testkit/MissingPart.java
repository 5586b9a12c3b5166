package io.wager.testkit;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;

/** What a test does when a real part that it needs can't be had: skip, saying so, or fail where the part is required. */
final class MissingPart {

    /** Environment variable with the parts, comma-separated, without which tests fail rather than being skipped. */
    static final String REQUIRED_VARIABLE = "WAGER_TEST_REQUIRED";

    private static final Logger LOG = Logger.getLogger(MissingPart.class.getName());

    private MissingPart() {}

    /**
     * Ends the test: skipped, or failed if the part is required.
     *
     * @param part as {@value #REQUIRED_VARIABLE} names it
     * @param missing what is missing and how to get it
     */
    static void endTest(String part, String missing) {
        var required = System.getenv(REQUIRED_VARIABLE);
        if (required != null && Arrays.asList(required.split(",", -1)).contains(part)) {
            throw new IllegalStateException(missing + ", and " + REQUIRED_VARIABLE + " says " + required);
        }
        LOG.log(Level.WARNING, missing);
        Assumptions.abort(missing);
    }
}
