package io.wager.api.access;

import java.time.Duration;

/**
 * A token bucket: so many at once, and so many a second in the long run.
 *
 * @param perSecond tokens that come back each second, above 0 up to a million; fractions are allowed
 * @param burst the most that can be spent at once, from 1 to ten million; all of it must come back within a day
 */
public record Quota(double perSecond, long burst) {

    private static final double MOST_PER_SECOND = 1e6;
    private static final long MOST_BURST = 10_000_000;
    private static final double NANOS = 1e9;
    /** Longer ones would seldom outlive their process, which starts with full buckets. */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

    /** Refuses what is no quota. */
    public Quota {
        // Negated, so that it refuses NaN too.
        if (!(perSecond > 0 && perSecond <= MOST_PER_SECOND)) {
            throw new IllegalArgumentException("perSecond must be above 0 and at most 1000000, and is " + perSecond);
        }
        if (burst < 1 || burst > MOST_BURST) {
            throw new IllegalArgumentException("burst must be from 1 to 10000000, and is " + burst);
        }
        if (burst / perSecond > LONGEST_WINDOW.toSeconds()) {
            throw new IllegalArgumentException("a burst of " + burst + " must come back within a day, and at "
                    + perSecond + " a second it does not");
        }
    }

    /**
     * How long an empty bucket takes until it is full.
     *
     * @return from a nanosecond to a day
     */
    public Duration window() {
        return Duration.ofNanos(Math.max(1, (long) (burst / perSecond * NANOS)));
    }
}
