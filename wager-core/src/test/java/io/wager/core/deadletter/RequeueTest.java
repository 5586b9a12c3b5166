package io.wager.core.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.DeadLetters;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequeueTest {

    private static final Requeue REQUEUE = new Requeue(UUID.fromString("3f2a8c1e-aaaa-8bbb-8ccc-123456789abc"), 3);

    @Test
    void theMessageIsTheOneThatFailedButForItsFailure() {
        var original = original();

        var requeued = REQUEUE.message(dead(original));

        assertThat(requeued.body()).isEqualTo(original.body());
        assertThat(requeued.messageId()).isEqualTo(original.messageId());
        assertThat(requeued.correlationId()).isEqualTo(original.correlationId());
        assertThat(requeued.headers())
                .containsOnlyKeys(
                        MessageHeaders.SCHEMA_VERSION,
                        MessageHeaders.FIRST_FAILED_AT,
                        MessageHeaders.ORIGINAL_EXCHANGE,
                        MessageHeaders.ORIGINAL_ROUTING_KEY,
                        MessageHeaders.DEAD_LETTER_ID,
                        MessageHeaders.REQUEUE_NUMBER)
                .containsEntry(MessageHeaders.SCHEMA_VERSION, 7);
        assertThat(Requeue.of(requeued)).contains(REQUEUE);
    }

    @Test
    void anEditedBodyComesWithItsOwnIdAndTheVersionItIsWrittenIn() {
        var wagerId = UUID.randomUUID();
        var body = "{}".getBytes(StandardCharsets.UTF_8);

        var requeued = REQUEUE.edited(dead(original()), wagerId, body);

        assertThat(requeued.messageId()).isEqualTo(wagerId.toString());
        assertThat(requeued.body()).isEqualTo(body);
        assertThat(requeued.headers())
                .containsEntry(MessageHeaders.SCHEMA_VERSION, MessageHeaders.CURRENT_SCHEMA_VERSION);
        assertThat(Requeue.of(requeued)).contains(REQUEUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "one", "", "99999999999"})
    void aNumberThatIsNoneIsNoRequeue(String number) {
        var message = original()
                .withHeaders(Map.of(
                        MessageHeaders.DEAD_LETTER_ID,
                        REQUEUE.deadLetterId().toString(),
                        MessageHeaders.REQUEUE_NUMBER,
                        number));

        assertThat(Requeue.of(message)).isEmpty();
    }

    private static Message original() {
        return new Message(
                "the id",
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                "request-1",
                Instant.parse("2026-11-21T10:00:00Z"),
                Map.of(MessageHeaders.SCHEMA_VERSION, 7),
                "not a wager".getBytes(StandardCharsets.UTF_8));
    }

    private static Message dead(Message message) {
        return DeadLetters.of(
                new Delivery(message, Topology.WAGERS, 1),
                new Disposition.Dead(DeadLetterReason.UNDECODABLE, Failure.of("SomeType", "some words")),
                Instant.parse("2026-11-21T10:00:01Z"));
    }
}
