package io.wager.core.deadletter;

import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.wager.Uuids;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One requeue of a dead letter, as its message carries it. The consumer that stores the message, or fails to, finds the dead letter by it.
 *
 * @param deadLetterId the dead letter
 * @param number which requeue of it, from 1
 */
public record Requeue(UUID deadLetterId, int number) {

    /** They describe the last failure. The time and place of the first failure stay with the message. */
    private static final Set<String> OF_THE_FAILURE = Set.of(
            MessageHeaders.DEAD_LETTER_REASON,
            MessageHeaders.EXCEPTION_TYPE,
            MessageHeaders.EXCEPTION_MESSAGE,
            MessageHeaders.EXCEPTION_STACK_TRACE,
            MessageHeaders.ATTEMPTS);

    /** What a broker adds when it dead-letters by itself. */
    private static final Set<String> OF_THE_BROKER = Set.of(
            "x-death",
            "x-first-death-exchange",
            "x-first-death-queue",
            "x-first-death-reason",
            "x-last-death-exchange",
            "x-last-death-queue",
            "x-last-death-reason",
            "x-delivery-count",
            "x-acquired-count");

    /** Checks the range. */
    public Requeue {
        if (number < 1) {
            throw new IllegalArgumentException("requeues are numbered from 1: " + number);
        }
    }

    /**
     * Reads the requeue of a message.
     *
     * @param message any message
     * @return empty if it was not requeued
     */
    public static Optional<Requeue> of(Message message) {
        var id = message.headerText(MessageHeaders.DEAD_LETTER_ID);
        var number = message.headerText(MessageHeaders.REQUEUE_NUMBER);
        if (id == null || number == null || !number.matches("[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        return Uuids.parse(id).map(uuid -> new Requeue(uuid, Integer.parseInt(number)));
    }

    /**
     * The message to publish: the dead one without the headers of its failure, marked as this requeue.
     *
     * @param dead the message as it is archived
     * @return the same with its own body
     */
    public Message message(Message dead) {
        return message(dead, dead.messageId(), dead.body());
    }

    /**
     * The message to publish with a body that a person wrote. It has the schema of this code, whatever the dead one had.
     *
     * @param dead the message as it is archived
     * @param wagerId the new body's wagerId
     * @param body a valid wager
     * @return the message
     */
    public Message edited(Message dead, UUID wagerId, byte[] body) {
        var message = message(dead, wagerId.toString(), body);
        return new Message(
                        message.messageId(),
                        MessageHeaders.WAGER_TYPE,
                        MessageHeaders.JSON,
                        message.correlationId(),
                        message.timestamp(),
                        message.headers(),
                        body)
                .withHeaders(Map.of(MessageHeaders.SCHEMA_VERSION, MessageHeaders.CURRENT_SCHEMA_VERSION));
    }

    private Message message(Message dead, @Nullable String messageId, byte[] body) {
        Map<String, Object> headers = new LinkedHashMap<>(dead.headers());
        headers.keySet().removeAll(OF_THE_FAILURE);
        headers.keySet().removeAll(OF_THE_BROKER);
        headers.put(MessageHeaders.DEAD_LETTER_ID, deadLetterId.toString());
        headers.put(MessageHeaders.REQUEUE_NUMBER, number);
        return new Message(
                messageId, dead.type(), dead.contentType(), dead.correlationId(), dead.timestamp(), headers, body);
    }
}
