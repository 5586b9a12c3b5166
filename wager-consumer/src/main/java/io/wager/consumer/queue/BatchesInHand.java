package io.wager.consumer.queue;

import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The batches in progress, and when each last made progress. Costs a batch two entries in a map, and a step of it one volatile write. Safe
 * for any number of threads.
 */
@Component
public final class BatchesInHand {

    private static final ThreadLocal<Batch> CURRENT = new ThreadLocal<>();

    private final LongSupplier nanoTime;
    private final Set<Batch> inHand = ConcurrentHashMap.newKeySet();

    /** None are in hand. */
    @Autowired
    public BatchesInHand() {
        this(System::nanoTime);
    }

    BatchesInHand(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Follows the batches of a handler.
     *
     * @param queue where its batches come from
     * @param handler the handler
     * @return a handler that does the same
     */
    public BatchHandler follow(String queue, BatchHandler handler) {
        return new BatchHandler() {
            @Override
            public List<Disposition> handle(List<Delivery> batch) {
                return inHand(queue, batch.size(), () -> handler.handle(batch));
            }

            @Override
            public Supplier<List<Disposition>> prepare(List<Delivery> batch) {
                var prepared = inHand(queue, batch.size(), () -> handler.prepare(batch));
                // Between the two it waits for its turn, and is not in hand.
                return () -> inHand(queue, batch.size(), prepared);
            }
        };
    }

    /** Notes progress of the calling thread's batch, if it has one. */
    void progressed() {
        var batch = CURRENT.get();
        if (batch != null) {
            batch.lastProgress = nanoTime.getAsLong();
        }
    }

    /**
     * The batches that made no progress.
     *
     * @param limit for at least this long
     */
    public List<StalledBatch> stalledFor(Duration limit) {
        var now = nanoTime.getAsLong();
        return inHand.stream()
                .filter(batch -> now - batch.lastProgress >= limit.toNanos())
                .map(batch -> new StalledBatch(
                        batch.queue, batch.size, Duration.ofNanos(now - batch.lastProgress), batch.thread))
                .toList();
    }

    private <T> T inHand(String queue, int size, Supplier<T> step) {
        var batch = new Batch(queue, size, Thread.currentThread(), nanoTime.getAsLong());
        inHand.add(batch);
        CURRENT.set(batch);
        try {
            return step.get();
        } finally {
            CURRENT.remove();
            inHand.remove(batch);
        }
    }

    /**
     * A batch that made no progress for some time.
     *
     * @param queue where it came from
     * @param size its messages
     * @param age since its last progress
     * @param thread that has it in hand
     */
    public record StalledBatch(String queue, int size, Duration age, Thread thread) {}

    private static final class Batch {

        private final String queue;
        private final int size;
        private final Thread thread;
        private volatile long lastProgress;

        Batch(String queue, int size, Thread thread, long now) {
            this.queue = queue;
            this.size = size;
            this.thread = thread;
            this.lastProgress = now;
        }
    }
}
