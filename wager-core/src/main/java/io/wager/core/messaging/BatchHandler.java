package io.wager.core.messaging;

import java.util.List;

/**
 * Handles a batch of messages. Called on a thread of the transport, by at most {@link BatchSettings#concurrency()} threads
 * at once; it may block for as long as an outage lasts. Interruption means that the subscription is closing.
 */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Handles one batch.
     *
     * @param batch at least one delivery, in the order of the queue
     * @return one disposition per delivery, in the same order
     * @throws RuntimeException if nothing can be said of any: the whole batch is delivered again
     */
    List<Disposition> handle(List<Delivery> batch);
}
