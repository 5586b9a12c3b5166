package io.wager.core.messaging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the dead letter of a delivery: the original message, with headers that describe the failure. */
public final class DeadLetters {

    private DeadLetters() {}

    /**
     * The message to publish to {@link Topology#DEAD_LETTERS}. Body and properties are unchanged. If the delivery had failed before, the
     * time of its first failure and its first destination are kept too.
     *
     * @param delivery the delivery that could not be handled
     * @param dead the reason
     * @param now the time of this failure
     * @return the dead letter
     */
    public static Message of(Delivery delivery, Disposition.Dead dead, Instant now) {
        var message = delivery.message();
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(MessageHeaders.DEAD_LETTER_REASON, dead.reason().wireForm());
        headers.put(MessageHeaders.EXCEPTION_TYPE, dead.failure().type());
        headers.put(MessageHeaders.EXCEPTION_MESSAGE, dead.failure().message());
        headers.put(MessageHeaders.EXCEPTION_STACK_TRACE, dead.failure().stackTrace());
        headers.put(MessageHeaders.ATTEMPTS, delivery.attempt());
        putFirst(
                headers,
                message,
                MessageHeaders.FIRST_FAILED_AT,
                now.truncatedTo(ChronoUnit.MILLIS).toString());
        putFirst(
                headers,
                message,
                MessageHeaders.ORIGINAL_EXCHANGE,
                delivery.origin().exchange());
        putFirst(
                headers,
                message,
                MessageHeaders.ORIGINAL_ROUTING_KEY,
                delivery.origin().routingKey());
        return message.withHeaders(headers);
    }

    private static void putFirst(Map<String, Object> headers, Message message, String name, String value) {
        var earlier = message.headerText(name);
        headers.put(name, earlier == null ? value : earlier);
    }
}
