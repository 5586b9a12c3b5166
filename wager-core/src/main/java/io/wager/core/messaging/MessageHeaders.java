package io.wager.core.messaging;

/** Names of the headers that messages carry, and the constants that go into them and into message properties. */
public final class MessageHeaders {

    /** Version of the body's schema, an integer. A consumer that does not know it dead-letters the message. */
    public static final String SCHEMA_VERSION = "schema-version";

    /** The schema version that this code reads and writes. */
    public static final int CURRENT_SCHEMA_VERSION = 1;

    /** W3C trace context of the request that published the message. */
    public static final String TRACEPARENT = "traceparent";

    /** The {@code type} property of a wager. */
    public static final String WAGER_TYPE = "casino-wager";

    /** The {@code content_type} property of a wager. */
    public static final String JSON = "application/json";

    /** Why the message is dead: a {@link DeadLetterReason} in its wire form. */
    public static final String DEAD_LETTER_REASON = "x-dead-letter-reason";

    /** The kind of failure: a type name. */
    public static final String EXCEPTION_TYPE = "x-exception-type";

    /** What went wrong, in words. */
    public static final String EXCEPTION_MESSAGE = "x-exception-message";

    /** The stack trace, cut at {@link #STACK_TRACE_LIMIT_CHARS}. */
    public static final String EXCEPTION_STACK_TRACE = "x-exception-stacktrace";

    /** When the message failed for the first time: RFC 3339, UTC. Kept when it fails again. */
    public static final String FIRST_FAILED_AT = "x-first-failed-at";

    /** How many times the message was delivered before it was given up, an integer from 1. */
    public static final String ATTEMPTS = "x-attempts";

    /** The exchange that the message was first published to. */
    public static final String ORIGINAL_EXCHANGE = "x-original-exchange";

    /** The routing key that the message was first published with. */
    public static final String ORIGINAL_ROUTING_KEY = "x-original-routing-key";

    /** On a message that was requeued: the id of its dead letter, a UUID. */
    public static final String DEAD_LETTER_ID = "x-dead-letter-id";

    /** On a message that was requeued: which requeue of its dead letter this is, an integer from 1. */
    public static final String REQUEUE_NUMBER = "x-requeue-number";

    /** Longest stack trace that a dead letter carries, in UTF-16 units. All headers share one frame of 128 KiB. */
    public static final int STACK_TRACE_LIMIT_CHARS = 8 * 1024;

    /** Longest exception message that a dead letter carries, in UTF-16 units, for the same reason. */
    public static final int EXCEPTION_MESSAGE_LIMIT_CHARS = 4 * 1024;

    private MessageHeaders() {}
}
