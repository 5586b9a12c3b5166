package io.wager.core.messaging;

/**
 * Delivers the messages of a queue to a handler, in batches.
 *
 * <p>Promises: a message is delivered until the handler has disposed of it, so it may be delivered more than once: after a crash, a lost
 * connection, an exception of the handler, or {@link Disposition.Again}. It leaves the queue only after the handler returned {@link
 * Disposition.Done} for it, or {@link Disposition.Dead} and its dead letter is durable. The order is that of the queue, apart from
 * redeliveries.
 */
public interface MessageSource {

    /**
     * Starts to deliver.
     *
     * @param queue a queue of {@link Topology}; its {@link Partitions}, where the transport has any, are delivered with it
     * @param settings how batches are cut
     * @param handler gets the batches
     * @return the running subscription; closing it ends it
     */
    Subscription subscribe(String queue, BatchSettings settings, BatchHandler handler);

    /**
     * How many messages wait in a queue or are delivered and not yet disposed of, as far as the transport can say cheaply.
     *
     * @param queue a queue of {@link Topology}; its {@link Partitions}, where the transport has any, are counted with it
     * @return the number, from 0
     */
    long depth(String queue);

    /** A running delivery from one queue to one handler. */
    interface Subscription extends AutoCloseable {

        /**
         * Whether every thread that the delivery needs is alive, or is being replaced by the transport. False means that an error ended a
         * thread, and messages may stay in the queue until the process restarts. A transport that waits for its broker, or a slow handler,
         * is working. The call is cheap, never blocks, and is safe for any thread.
         *
         * @return true while it works, and true for ever once it was closed
         */
        default boolean isWorking() {
            return true;
        }

        /**
         * Stops the delivery: waits for the batch in hand to be disposed of, up to the transport's shutdown timeout, and
         * leaves everything else in the queue. Safe to call twice.
         */
        @Override
        void close();
    }
}
