package io.wager.rabbitmq.consume;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One consumer of one queue, with the number of messages that the broker may have under way to it. That number is fixed when the
 * consumer begins, so to change it the channel takes a new consumer and cancels this one.
 */
final class Fetch {

    private final String queue;
    private final int prefetch;
    private final boolean scouting;
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile boolean sawOrdinary;
    private volatile boolean gone;

    /**
     * @param scouting whether it only looks at what comes first, one message at a time
     */
    Fetch(String queue, int prefetch, boolean scouting) {
        this.queue = queue;
        this.prefetch = prefetch;
        this.scouting = scouting;
    }

    String queue() {
        return queue;
    }

    int prefetch() {
        return prefetch;
    }

    boolean isScouting() {
        return scouting;
    }

    void came(boolean isOrdinary) {
        came.incrementAndGet();
        unsettled.incrementAndGet();
        if (isOrdinary) {
            sawOrdinary = true;
        }
    }

    void settled() {
        unsettled.decrementAndGet();
    }

    /** Whether something came that has not come back often: what waits behind it may be fetched in numbers. */
    boolean sawOrdinary() {
        return sawOrdinary;
    }

    /** Whether as much has come as it may hold at once, since it began. */
    boolean hasHadItsFill() {
        return came.get() >= prefetch;
    }

    /** Whether the broker sends nothing more before something is settled. */
    boolean isExhausted() {
        return gone || unsettled.get() >= prefetch;
    }

    /** Whether the broker has ended it, as it does when the queue is deleted. */
    boolean isGone() {
        return gone;
    }

    void end() {
        gone = true;
    }
}
