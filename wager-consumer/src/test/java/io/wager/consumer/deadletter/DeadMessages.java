package io.wager.consumer.deadletter;

import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.DeadLetters;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Messages as they come from the dead-letter queue. */
final class DeadMessages {

    static final Instant FAILED_AT = Instant.parse("2026-11-20T08:00:00.123Z");
    static final Instant PUBLISHED_AT = Instant.parse("2026-11-20T07:59:59Z");

    private DeadMessages() {}

    /** A message as a client published it. */
    static Message published(String messageId, byte[] body, String correlationId) {
        return new Message(
                messageId,
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                correlationId,
                PUBLISHED_AT,
                Map.of(MessageHeaders.SCHEMA_VERSION, 1),
                body);
    }

    static Message published(String body) {
        return published(UUID.randomUUID().toString(), body.getBytes(StandardCharsets.UTF_8), "request-1");
    }

    static Message published(Wager wager) {
        return published(wager.wagerId().toString(), WagerEncoder.encode(wager), "request-1");
    }

    /** The dead letter that the consumer makes of a message. */
    static Message dead(Message message, DeadLetterReason reason, Failure failure, Instant at) {
        return DeadLetters.of(new Delivery(message, Topology.WAGERS, 1), new Disposition.Dead(reason, failure), at);
    }

    static Message dead(Message message) {
        return dead(message, DeadLetterReason.INVALID, Failure.of("InvalidWager", "/amount is negative"), FAILED_AT);
    }

    /** The same message, requeued and failed again. */
    static Message failedAgain(Message dead, UUID id, int number, DeadLetterReason reason, String detail) {
        var requeued = new Requeue(id, number).message(dead);
        return dead(requeued, reason, Failure.of("StillWrong", detail), FAILED_AT.plusSeconds(3_600));
    }
}
