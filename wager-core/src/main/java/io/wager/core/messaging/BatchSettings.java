package io.wager.core.messaging;

import java.time.Duration;

/**
 * How a subscription forms its batches.
 *
 * @param size the most messages in one batch, from 1
 * @param maxBytes the most bytes of bodies in one batch, from 1; a batch has one message at least, however large
 * @param maxWait the longest that a batch which is not full waits for more messages after its first
 * @param concurrency how many batches are handled at once, each on a thread of its own, from 1; one more may be prepared meanwhile
 */
public record BatchSettings(int size, long maxBytes, Duration maxWait, int concurrency) {

    /** Checks the ranges. */
    public BatchSettings {
        if (size < 1 || maxBytes < 1 || concurrency < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException("size, bytes and concurrency start at 1, maxWait at 0: " + size + ", "
                    + maxBytes + ", " + concurrency + ", " + maxWait);
        }
    }

    /**
     * Batches that are bounded by their messages alone.
     *
     * @param size the most messages in one batch, from 1
     * @param maxWait the longest that a batch which is not full waits for more messages after its first
     * @param concurrency how many batches are handled at once, from 1
     */
    public BatchSettings(int size, Duration maxWait, int concurrency) {
        this(size, Long.MAX_VALUE, maxWait, concurrency);
    }
}
