package io.wager.bench.faults;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How much of what a run has.
 *
 * @param seed of everything that is drawn
 * @param wagers how long the stream is
 * @param longest when no further fault begins
 * @param faults the kinds to inject
 * @param rounds how often each of them at most
 * @param longestDistanceMillis the longest pause between two faults
 * @param unknownFailures how many wagers fail in the database for no known reason
 * @param calmWagers how many wagers are posted after the faults, to see that the meters agree
 */
public record FaultPlan(
        long seed,
        int wagers,
        Duration longest,
        Set<Fault> faults,
        int rounds,
        int longestDistanceMillis,
        int unknownFailures,
        int calmWagers) {

    /** One round of every fault but those which take minutes, with hardly a pause, over some thousands of wagers: for a test. */
    public static FaultPlan brief(long seed) {
        return new FaultPlan(
                seed,
                40_000,
                Duration.ofMinutes(4),
                EnumSet.complementOf(EnumSet.of(Fault.DATABASE_AWAY_FOR_MINUTES, Fault.CONSUMER_CRASHES_ON_MESSAGE)),
                1,
                500,
                5,
                3_000);
    }

    /**
     * As many rounds as there is time for.
     *
     * @param seed of everything that is drawn
     * @param time how long faults go on
     * @param wagers how many are posted in this time, if the services can take as many
     * @param faults the kinds to inject
     */
    public static FaultPlan lasting(long seed, Duration time, int wagers, Set<Fault> faults) {
        return new FaultPlan(seed, wagers, time, faults, Integer.MAX_VALUE, 12_000, 50, 20_000);
    }

    /** How fast the stream is handed out, so that it lasts as long as the faults do. */
    double wagersPerSecond() {
        return (double) wagers / longest.toSeconds();
    }
}
