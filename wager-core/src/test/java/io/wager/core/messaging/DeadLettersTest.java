package io.wager.core.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456789Z");

    private final Disposition.Dead dead =
            new Disposition.Dead(DeadLetterReason.CONFLICT, Failure.of("WagerConflict", "other content is stored"));

    @Test
    void theLetterKeepsBodyAndPropertiesAndTellsWhatHappened() {
        var message = message(Map.of("schema-version", 1));

        var letter = DeadLetters.of(new Delivery(message, Topology.WAGERS, 3), dead, NOW);

        assertThat(letter.body()).isSameAs(message.body());
        assertThat(letter.messageId()).isEqualTo("id");
        assertThat(letter.headers())
                .containsEntry("schema-version", 1)
                .containsEntry("x-dead-letter-reason", "conflict")
                .containsEntry("x-exception-type", "WagerConflict")
                .containsEntry("x-exception-message", "other content is stored")
                .containsEntry("x-exception-stacktrace", "")
                .containsEntry("x-first-failed-at", "2026-11-21T12:00:00.123Z")
                .containsEntry("x-attempts", 3)
                .containsEntry("x-original-exchange", "wagers")
                .containsEntry("x-original-routing-key", "casino.wager");
    }

    @Test
    void whatFailedBeforeKeepsItsFirstFailureAndItsFirstDestination() {
        var before = message(Map.of(
                "x-first-failed-at", "2026-01-01T00:00:00Z",
                "x-original-exchange", "first",
                "x-original-routing-key", "first.key",
                "x-dead-letter-reason", "invalid"));

        var letter = DeadLetters.of(new Delivery(before, Topology.WAGERS, 1), dead, NOW);

        assertThat(letter.headers())
                .containsEntry("x-first-failed-at", "2026-01-01T00:00:00Z")
                .containsEntry("x-original-exchange", "first")
                .containsEntry("x-original-routing-key", "first.key")
                .containsEntry("x-dead-letter-reason", "conflict");
    }

    @Test
    void longTextsAreCutWithoutSplittingACharacter() {
        var failure = new Failure(
                "T",
                "x".repeat(MessageHeaders.EXCEPTION_MESSAGE_LIMIT_CHARS - 1) + "🎲",
                "y".repeat(MessageHeaders.STACK_TRACE_LIMIT_CHARS + 1));

        assertThat(failure.message()).hasSize(MessageHeaders.EXCEPTION_MESSAGE_LIMIT_CHARS - 1);
        assertThat(failure.stackTrace()).hasSize(MessageHeaders.STACK_TRACE_LIMIT_CHARS);
    }

    @Test
    void everyReasonIsReadBackFromItsWireForm() {
        for (var reason : DeadLetterReason.values()) {
            assertThat(DeadLetterReason.fromWireForm(reason.wireForm())).contains(reason);
        }
        assertThat(DeadLetterReason.fromWireForm("other")).isEmpty();
    }

    private static Message message(Map<String, Object> headers) {
        return new Message("id", "casino-wager", "application/json", "c", NOW, headers, new byte[] {1, 2});
    }
}
