package io.wager.standalone.key;

import io.wager.api.access.OwnLimits;
import io.wager.api.access.Quota;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How often a key may be used, where that is not what its roles may. */
final class LimitOptions {

    @Option(
            names = "--wagers-per-second",
            paramLabel = "N",
            description =
                    "How many wagers it may send a second, in the long run, to each instance; what its role may without.")
    private @Nullable Double wagersPerSecond;

    @Option(
            names = "--wagers-burst",
            paramLabel = "N",
            description = "How many wagers it may send at once; two seconds' worth without. A batch can't have more.")
    private @Nullable Long wagersBurst;

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            description = "How many other requests it may make a second, in the long run; what its roles may without.")
    private @Nullable Double requestsPerSecond;

    @Option(
            names = "--requests-burst",
            paramLabel = "N",
            description = "How many other requests it may make at once; two seconds' worth without.")
    private @Nullable Long requestsBurst;

    /**
     * The limits.
     *
     * @throws IllegalArgumentException if one can't be; the message says which and why
     */
    OwnLimits limits() {
        return new OwnLimits(
                quota("--wagers", wagersPerSecond, wagersBurst), quota("--requests", requestsPerSecond, requestsBurst));
    }

    private static @Nullable Quota quota(String option, @Nullable Double perSecond, @Nullable Long burst) {
        if (perSecond == null) {
            if (burst != null) {
                throw new IllegalArgumentException(option + "-burst needs " + option + "-per-second");
            }
            return null;
        }
        try {
            return new Quota(perSecond, burst == null ? Math.max(1, (long) Math.ceil(2 * perSecond)) : burst);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + "-per-second, " + option + "-burst: " + e.getMessage(), e);
        }
    }
}
