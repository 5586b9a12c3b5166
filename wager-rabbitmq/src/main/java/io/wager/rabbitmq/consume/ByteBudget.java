package io.wager.rabbitmq.consume;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes of delivered messages that an instance holds, of all its subscriptions together. Safe for any thread; never blocks. */
final class ByteBudget {

    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final AtomicInteger sharers = new AtomicInteger();

    ByteBudget(long most) {
        this.most = most;
    }

    /** Takes room if there is enough. */
    boolean tryTake(long bytes) {
        var before = held.getAndUpdate(now -> now + bytes <= most ? now + bytes : now);
        return before + bytes <= most;
    }

    /** Takes room whether there is any or not. */
    void take(long bytes) {
        held.addAndGet(bytes);
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** What is left; negative where more was taken than there was. */
    long room() {
        return most - held.get();
    }

    long held() {
        return held.get();
    }

    /** Counts the channels that share the budget. */
    void share(int channels) {
        sharers.addAndGet(channels);
    }

    /** The part of one channel, by which it chooses its prefetch. */
    long shareOfOne() {
        return most / Math.max(1, sharers.get());
    }
}
