package io.wager.bench.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param seed repeats it: the same stream, the same faults in the same order with the same lengths. What they meet is up to
 *     the machine
 * @param startedAt when
 * @param duration how long, the checks included
 * @param wagerIds distinct ids sent
 * @param acceptances how often a client was told 'accepted'
 * @param doubts how often a client was not sure and sent again
 * @param rows wagers stored
 * @param faults how often each fault was injected
 * @param checks what was looked at
 */
public record Verdict(
        long seed,
        Instant startedAt,
        Duration duration,
        int wagerIds,
        long acceptances,
        long doubts,
        int rows,
        Map<String, Integer> faults,
        List<Finding> checks) {

    /**
     * A check as it is reported.
     *
     * @param what must be so
     * @param violations how often it is not
     * @param examples the first of them
     */
    public record Finding(String what, long violations, List<String> examples) {

        /** As the check stands. */
        public static Finding of(Check check) {
            return new Finding(check.what(), check.violations(), check.examples());
        }
    }

    /** Whether everything holds. */
    public boolean isGood() {
        return checks.stream().allMatch(check -> check.violations() == 0);
    }

    /** For people. */
    public String text() {
        var text = new StringBuilder();
        text.append("seed %d: %,d wagerIds, %,d accepted, %,d rows, %,d repeats in doubt, %d s%n"
                .formatted(seed, wagerIds, acceptances, rows, doubts, duration.toSeconds()));
        text.append("faults: %s%n".formatted(faults));
        for (var check : checks) {
            text.append("%s %s%s%n"
                    .formatted(check.violations() == 0 ? "  ok  " : "BROKEN", check.what(), violations(check)));
            check.examples().stream().limit(10).forEach(example -> text.append("         %s%n".formatted(example)));
        }
        return text.append(isGood() ? "verdict: conserved" : "verdict: NOT conserved")
                .toString();
    }

    private static String violations(Finding check) {
        return check.violations() == 0 ? "" : " (not so: %,d)".formatted(check.violations());
    }
}
