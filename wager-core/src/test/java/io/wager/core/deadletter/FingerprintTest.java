package io.wager.core.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.core.messaging.DeadLetterReason;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void messagesThatDifferInIdsNumbersAndQuotedValuesAreAlike() {
        var one =
                of("row 17 of 'Alice' with 12.5 at 2026-11-21T10:00:00Z failed: 3f2a8c1e-aaaa-4bbb-8ccc-123456789abc");
        var other =
                of("row 4 of 'Bob O' with 1e9 at 2025-01-02T11:12:13Z failed: 00000000-aaaa-4bbb-8ccc-123456789abc");

        assertThat(one).isEqualTo(other);
        assertThat(one.title()).startsWith("row … of … with … at ").endsWith("failed: …");
    }

    @Test
    void messagesThatDifferInWordsAreNotAlike() {
        assertThat(of("/amount is missing (required)").value())
                .isNotEqualTo(of("/username is missing (required)").value());
    }

    @Test
    void theReasonAndTheTypeBelongToIt() {
        var one = Fingerprint.of(DeadLetterReason.INVALID, "InvalidWager", "bad");

        assertThat(Fingerprint.of(DeadLetterReason.CONFLICT, "InvalidWager", "bad")
                        .value())
                .isNotEqualTo(one.value());
        assertThat(Fingerprint.of(DeadLetterReason.INVALID, "OtherType", "bad").value())
                .isNotEqualTo(one.value());
    }

    @Test
    void aLongMessageGivesATitleThatFitsAndIsWholeCharacters() {
        var title = of("x".repeat(Fingerprint.TITLE_LIMIT_CHARS - 1) + "\uD83C\uDFB0 more")
                .title();

        assertThat(title).isEqualTo("x".repeat(Fingerprint.TITLE_LIMIT_CHARS - 1));
    }

    private static Fingerprint of(String message) {
        return Fingerprint.of(DeadLetterReason.REJECTED_BY_DATABASE, "SqlFailure", message);
    }
}
