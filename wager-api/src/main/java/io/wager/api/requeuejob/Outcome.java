package io.wager.api.requeuejob;

import java.util.Locale;

/** What became of one letter of a job. */
enum Outcome {
    /** It has not been sent, or is not known to have been. */
    PENDING,
    /** Its message is durable, and its end is not known yet. */
    REQUEUED,
    /** Its wager is stored. */
    RESOLVED,
    /** It failed again. */
    FAILED,
    /** It was not sent; the detail says why. */
    SKIPPED;

    String wireForm() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String wireForm) {
        return valueOf(wireForm.toUpperCase(Locale.ROOT));
    }
}
