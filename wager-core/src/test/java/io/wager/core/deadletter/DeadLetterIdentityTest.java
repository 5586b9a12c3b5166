package io.wager.core.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeadLetterIdentityTest {

    private static final UUID LETTER = UUID.fromString("3f2a8c1e-aaaa-8bbb-8ccc-123456789abc");

    @Test
    void theSameMessageDeliveredAgainIsTheSameFailureOfTheSameLetter() {
        var one = DeadLetterIdentity.of(message("request-1", "{}").withHeaders(Map.of(MessageHeaders.ATTEMPTS, 1)));
        var again = DeadLetterIdentity.of(message("request-1", "{}").withHeaders(Map.of(MessageHeaders.ATTEMPTS, 2)));

        assertThat(again.deadLetterId()).isEqualTo(one.deadLetterId());
        assertThat(again.failureKey()).isEqualTo(one.failureKey()).hasSize(16);
    }

    @Test
    void theSameContentPublishedAgainIsAnotherFailureOfTheSameLetter() {
        var one = DeadLetterIdentity.of(message("request-1", "{}"));
        var other = DeadLetterIdentity.of(message("request-2", "{}"));

        assertThat(other.deadLetterId()).isEqualTo(one.deadLetterId());
        assertThat(other.failureKey()).isNotEqualTo(one.failureKey());
    }

    @Test
    void anotherBodyIsAnotherLetter() {
        assertThat(DeadLetterIdentity.of(message("request-1", "{ }")).deadLetterId())
                .isNotEqualTo(DeadLetterIdentity.of(message("request-1", "{}")).deadLetterId());
    }

    @Test
    void theIdIsARandomlyLookingUuidOfVersionEight() {
        var id = DeadLetterIdentity.of(message("request-1", "{}")).deadLetterId();

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void aRequeuedMessageIsItsLetterWhateverItsBodySays() {
        var first = new Requeue(LETTER, 1).message(message("request-1", "{}"));
        var second = new Requeue(LETTER, 2).edited(message("request-1", "{}"), UUID.randomUUID(), bytes("{\"a\":1}"));

        assertThat(DeadLetterIdentity.of(first).deadLetterId()).isEqualTo(LETTER);
        assertThat(DeadLetterIdentity.of(second).deadLetterId()).isEqualTo(LETTER);
        assertThat(DeadLetterIdentity.of(second).failureKey())
                .isNotEqualTo(DeadLetterIdentity.of(first).failureKey());
    }

    private static Message message(String correlationId, String body) {
        return new Message(
                "id",
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                correlationId,
                Instant.parse("2026-11-21T10:00:00Z"),
                Map.of(),
                bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
