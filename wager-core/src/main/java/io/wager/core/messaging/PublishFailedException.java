package io.wager.core.messaging;

/**
 * A message was not made durable, or is not known to be within the deadline. Every reason is temporary: the same message may be published
 * again.
 */
public final class PublishFailedException extends RuntimeException {

    private final Reason reason;

    /**
     * A failure without a deeper cause.
     *
     * @param reason the kind of failure
     * @param message what happened, for the log
     */
    // No stack trace: when the broker is away this is made thousands of times a second, always in the same place.
    public PublishFailedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /**
     * The kind of failure.
     *
     * @return never null
     */
    public Reason reason() {
        return reason;
    }

    /** The kinds of failure. */
    public enum Reason {
        /** There is no connection to the transport, or it broke before the message was confirmed. */
        UNREACHABLE,
        /** The transport takes no messages now: a resource alarm. */
        BLOCKED,
        /** The transport refused the message: a negative confirm, a full queue. */
        REFUSED,
        /** No queue is bound for the destination: the message was returned. */
        UNROUTABLE,
        /** No confirm came within the deadline. */
        UNCONFIRMED,
        /** Too many messages were unconfirmed, and no place became free within the deadline. */
        SATURATED
    }
}
