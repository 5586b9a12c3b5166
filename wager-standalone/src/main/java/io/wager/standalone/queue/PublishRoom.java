package io.wager.standalone.queue;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Room for messages that wait for their commit: so many of them, and so many bytes of their bodies. Thread-safe. */
final class PublishRoom {

    private final int maxMessages;
    private final int maxBytes;
    private final Semaphore messages;
    private final Semaphore bytes;

    /**
     * Empty.
     *
     * @param maxMessages the most messages, from 1
     * @param maxBytes the most bytes, from that of the largest message; all above 2 GB is 2 GB
     */
    PublishRoom(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = (int) Math.min(Integer.MAX_VALUE, maxBytes);
        messages = new Semaphore(maxMessages);
        bytes = new Semaphore(this.maxBytes);
    }

    /** Takes room for a message, waiting for it if there is none. False if there was none in time. */
    boolean acquire(int length, long maxWaitNanos) throws InterruptedException {
        var deadline = System.nanoTime() + maxWaitNanos;
        // What fits is let through at once, past those that wait for more.
        if (!messages.tryAcquire() && !messages.tryAcquire(maxWaitNanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        var hasRoom = false;
        try {
            hasRoom = bytes.tryAcquire(length)
                    || bytes.tryAcquire(length, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            if (!hasRoom) {
                messages.release();
            }
        }
        return hasRoom;
    }

    /** Gives back what {@link #acquire} took. */
    void release(int length) {
        bytes.release(length);
        messages.release();
    }

    /** Messages that have room at this moment. */
    int messages() {
        return maxMessages - messages.availablePermits();
    }

    /** Bytes of their bodies. */
    int bytes() {
        return maxBytes - bytes.availablePermits();
    }
}
