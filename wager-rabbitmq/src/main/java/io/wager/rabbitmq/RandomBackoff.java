package io.wager.rabbitmq;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Delays that double up to a limit, each drawn at random from the upper half of its step. For one thread. */
final class RandomBackoff {

    private final long firstMillis;
    private final long longestMillis;
    private long stepMillis;

    RandomBackoff(Duration first, Duration longest) {
        firstMillis = first.toMillis();
        longestMillis = longest.toMillis();
        stepMillis = firstMillis;
    }

    long nextMillis() {
        var delay = stepMillis / 2 + ThreadLocalRandom.current().nextLong(stepMillis / 2 + 1);
        stepMillis = Math.min(longestMillis, stepMillis * 2);
        return delay;
    }

    void reset() {
        stepMillis = firstMillis;
    }
}
