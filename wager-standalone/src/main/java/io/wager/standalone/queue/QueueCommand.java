package io.wager.standalone.queue;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the writer is asked to do. The future completes after the commit. */
sealed interface QueueCommand {

    CompletableFuture<Void> done();

    /**
     * Add a message.
     *
     * @param queues where it was routed to, at least one
     * @param deadlineNanos the {@link System#nanoTime} after which nobody waits for it any more
     */
    record Publish(
            List<QueueState> queues,
            Destination origin,
            Message message,
            long deadlineNanos,
            CompletableFuture<Void> done)
            implements QueueCommand {}

    /**
     * Remove what was handled, and add the dead letters made of it, in one transaction.
     *
     * @param queue where the messages were
     * @param handled the messages to remove, ascending
     * @param deadLetters what to put into the dead-letter queues, may be none
     */
    record Settle(
            QueueState queue, List<StoredMessage> handled, List<Publish> deadLetters, CompletableFuture<Void> done)
            implements QueueCommand {}
}
