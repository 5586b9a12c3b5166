package io.wager.standalone.queue;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the writer is asked to do. The future completes after the commit. */
sealed interface QueueCommand {

    CompletableFuture<Void> done();

    /** Bytes of the bodies that its commit moves. */
    long bytes();

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
            implements QueueCommand {

        @Override
        public long bytes() {
            return (long) queues.size() * message.body().length;
        }
    }

    /**
     * Remove what was handled, and add the dead letters made of it, in one transaction.
     *
     * @param queue where the messages were
     * @param handled the messages to remove, ascending
     * @param deadLetters what to put into the dead-letter queues, may be none
     * @param wasRecorded whether a {@link HandOut} came before
     */
    record Settle(
            QueueState queue,
            List<StoredMessage> handled,
            List<Publish> deadLetters,
            boolean wasRecorded,
            CompletableFuture<Void> done)
            implements QueueCommand {

        @Override
        public long bytes() {
            return handled.stream().mapToLong(StoredMessage::bytes).sum()
                    + deadLetters.stream().mapToLong(Publish::bytes).sum();
        }
    }

    /**
     * Remember which delivery of each message begins, in case that it ends the process.
     *
     * @param queue where the messages are
     * @param batch what is about to be handed out
     */
    record HandOut(QueueState queue, List<QueueState.Taken> batch, CompletableFuture<Void> done)
            implements QueueCommand {

        @Override
        public long bytes() {
            return 0;
        }
    }
}
