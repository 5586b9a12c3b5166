package io.wager.core.messaging;

import java.util.concurrent.CompletableFuture;

/**
 * Publishes messages and tells when they are durable. Safe for use by any number of threads at once; many messages are on
 * their way together.
 *
 * <p>Promise: the future completes normally only after the transport has stored the message in at least one durable queue.
 * It fails, with a {@link PublishFailedException}, when that is known not to be so or is not known in time; the message may
 * then have been stored all the same, so whoever publishes again must be safe against duplicates. It always completes,
 * within the publisher's deadline. It may complete on a thread of the transport: do no blocking work in a dependent stage.
 *
 * <p>Messages that one thread publishes to the same destination are not promised to arrive in that order.
 */
public interface MessagePublisher {

    /**
     * Publishes one message. May wait for room among the messages on their way, never longer than the deadline.
     *
     * @param destination where to
     * @param message what
     * @return completes when the message is durable, fails with {@link PublishFailedException} otherwise
     */
    CompletableFuture<Void> publish(Destination destination, Message message);

    /**
     * Whether a message published now would have a chance, for readiness.
     *
     * @return the state at this moment
     */
    State state();

    /** What the publisher can do at a moment. */
    enum State {
        /** It can publish. */
        READY,
        /** It is connecting, for the first time or again: publishing fails at once. */
        DISCONNECTED,
        /** The transport takes nothing for now (an alarm, a full queue): publishing fails at once. */
        BLOCKED
    }
}
