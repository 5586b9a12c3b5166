package io.wager.rabbitmq;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Delays that double up to a limit, each drawn at random from the upper half of its step. For one thread. */
public final class RandomBackoff {

    private final long firstMillis;
    private final long longestMillis;
    private long stepMillis;

    /**
     * Delays from the first step on.
     *
     * @param first the first step, from 1 ms
     * @param longest the longest step
     */
    public RandomBackoff(Duration first, Duration longest) {
        firstMillis = first.toMillis();
        longestMillis = longest.toMillis();
        stepMillis = firstMillis;
    }

    /**
     * The next delay.
     *
     * @return milliseconds
     */
    public long nextMillis() {
        var delay = stepMillis / 2 + ThreadLocalRandom.current().nextLong(stepMillis / 2 + 1);
        stepMillis = Math.min(longestMillis, stepMillis * 2);
        return delay;
    }

    /** Starts again at the first step. */
    public void reset() {
        stepMillis = firstMillis;
    }
}
