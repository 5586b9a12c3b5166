package io.wager.core.messaging;

import java.util.concurrent.CompletableFuture;

/**
 * Publishes messages and reports when they are durable. Safe for use by any number of threads at once. Many messages can be unconfirmed at
 * the same time.
 *
 * <p>Promise: the future completes normally only after the transport has stored the message in at least one durable queue. It fails, with a
 * {@link PublishFailedException}, when the message is not stored or this is not known within the deadline. The message may then have been
 * stored all the same, so a caller that publishes again must tolerate duplicates. The future always completes within the publisher's
 * deadline. It may complete on a thread of the transport: do no blocking work in a dependent stage.
 *
 * <p>The order of arrival is not promised, even for messages that one thread publishes to the same destination.
 */
public interface MessagePublisher {

    /**
     * Publishes one message. It may wait for a place among the unconfirmed messages, never longer than the deadline.
     *
     * @param destination the address
     * @param message the message
     * @return completes when the message is durable, fails with {@link PublishFailedException} otherwise
     */
    CompletableFuture<Void> publish(Destination destination, Message message);

    /**
     * Whether a message published now could succeed, for readiness.
     *
     * @return the state at this moment
     */
    State state();

    /** The state of the publisher. */
    enum State {
        /** It can publish. */
        READY,
        /** It is connecting, for the first time or again: publishing fails at once. */
        DISCONNECTED,
        /** The transport takes no messages now (an alarm, a full queue): publishing fails at once. */
        BLOCKED
    }
}
