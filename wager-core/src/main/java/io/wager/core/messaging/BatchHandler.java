package io.wager.core.messaging;

import java.util.List;
import java.util.function.Supplier;

/**
 * Handles a batch of messages. Called on a thread of the transport; it may block for as long as an outage lasts. Interruption
 * means that the subscription is closing.
 */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Handles one batch. At most {@link BatchSettings#concurrency()} batches are handled at once.
     *
     * @param batch at least one delivery, in the order of the queue
     * @return one disposition per delivery, in the same order
     * @throws RuntimeException if nothing can be said of any: the whole batch is delivered again
     */
    List<Disposition> handle(List<Delivery> batch);

    /**
     * Prepares a batch while others are still handled, for example by decoding it. A transport that reads ahead calls this for one batch
     * more than are handled at once, and never calls {@link #handle}.
     *
     * @param batch as for {@link #handle}
     * @return handles the batch, at most once, on the same thread, and by the rules of {@link #handle}
     * @throws RuntimeException if nothing can be said of any: the whole batch is delivered again
     */
    default Supplier<List<Disposition>> prepare(List<Delivery> batch) {
        return () -> handle(batch);
    }
}
