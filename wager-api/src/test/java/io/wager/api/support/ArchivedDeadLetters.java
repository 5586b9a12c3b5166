package io.wager.api.support;

import io.wager.api.schema.Columns;
import io.wager.core.deadletter.DeadLetterEventKind;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.deadletter.Fingerprint;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts dead letters where the consumer's archive would. */
public final class ArchivedDeadLetters {

    private static final Instant ARCHIVED_AT = Instant.parse("2026-11-21T11:00:00Z");
    private static final int SEARCH_TEXT_CHARS = 4_000;

    private final JdbcClient jdbc;

    /** Writes through a client. */
    public ArchivedDeadLetters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes everything out, with the jobs and the audit. */
    public void clear() {
        jdbc.sql("DELETE FROM dead_letter").update();
        jdbc.sql("DELETE FROM dead_letter_content").update();
        jdbc.sql("DELETE FROM dead_letter_edit").update();
        jdbc.sql("DELETE FROM dead_letter_event").update();
        jdbc.sql("DELETE FROM requeue_job_item").update();
        jdbc.sql("DELETE FROM requeue_job").update();
        jdbc.sql("DELETE FROM audit_entry").update();
    }

    /** Archives many letters that nobody will look at, as rows alone. */
    public void archiveMany(int letters) {
        jdbc.sql("""
                        INSERT INTO dead_letter (dead_letter_id, status, reason, fingerprint, title, exception_type,
                            exception_message, search_text, attempts, requeues, failed_requeue, edits, first_failed_at,
                            last_failed_at, archived_at, status_changed_at)
                        SELECT CAST(RIGHT('0000000' || CAST(x AS VARCHAR(8)), 8) || 'hay' AS BINARY(16)), 'open', 'undecodable',
                            '0123456789abcdef', 'hay', 'Hay', 'hay', 'hay', 1, 0, 0, 0, :at, :at, :at, :at
                        FROM SYSTEM_RANGE(1, :letters)
                        """)
                .param("at", Columns.utc(ARCHIVED_AT))
                .param("letters", letters)
                .update();
    }

    /** Archives a letter with its content and its first failure. */
    public void archive(Letter letter) {
        var fingerprint = Fingerprint.of(letter.reason(), letter.exceptionType(), letter.exceptionMessage());
        var text = new String(letter.body(), StandardCharsets.UTF_8);
        var wager = letter.wager();
        jdbc.sql("""
                        INSERT INTO dead_letter (dead_letter_id, status, reason, fingerprint, title, exception_type,
                            exception_message, wager_id, account_id, provider, search_text, attempts, requeues,
                            failed_requeue, edits, first_failed_at, last_failed_at, archived_at, status_changed_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0, 0, ?, ?, ?, ?)
                        """)
                .params(
                        Columns.bytes(letter.id()),
                        letter.status().wireForm(),
                        letter.reason().wireForm(),
                        fingerprint.value(),
                        fingerprint.title(),
                        letter.exceptionType(),
                        letter.exceptionMessage(),
                        binary(
                                wager == null
                                        ? null
                                        : Columns.bytes(wager.wagerId().value())),
                        binary(
                                wager == null
                                        ? null
                                        : Columns.bytes(wager.accountId().value())),
                        wager == null ? null : wager.provider(),
                        text.substring(0, Math.min(text.length(), SEARCH_TEXT_CHARS)),
                        Columns.utc(letter.failedAt()),
                        Columns.utc(letter.failedAt()),
                        Columns.utc(ARCHIVED_AT),
                        Columns.utc(ARCHIVED_AT))
                .update();
        jdbc.sql("""
                        INSERT INTO dead_letter_content (dead_letter_id, body, message_id, message_type, content_type,
                            correlation_id, published_at, headers, stack_trace)
                        VALUES (?, ?, ?, 'casino-wager', 'application/json', 'request-1', ?, ?, 'at some.Place')
                        """)
                .params(
                        Columns.bytes(letter.id()),
                        letter.body(),
                        wager == null ? "no id" : wager.wagerId().value().toString(),
                        Columns.utc(letter.failedAt()),
                        HeaderJson.write(Map.of(MessageHeaders.SCHEMA_VERSION, letter.schemaVersion())))
                .update();
        jdbc.sql("""
                        INSERT INTO dead_letter_event (dead_letter_id, kind, happened_at, failure_key, reason,
                            exception_type, detail)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        Columns.bytes(letter.id()),
                        DeadLetterEventKind.FAILED.wireForm(),
                        Columns.utc(letter.failedAt()),
                        Columns.bytes(UUID.randomUUID()),
                        letter.reason().wireForm(),
                        letter.exceptionType(),
                        letter.exceptionMessage())
                .update();
    }

    /** SQL Server takes no null of another type for a binary column. */
    private static SqlParameterValue binary(byte @Nullable [] bytes) {
        return new SqlParameterValue(Types.BINARY, bytes);
    }

    /**
     * A dead letter as a test wants it.
     *
     * @param wager what the body says, where it can be read; its encoding is the body then
     */
    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    public record Letter(
            UUID id,
            DeadLetterStatus status,
            DeadLetterReason reason,
            String exceptionType,
            String exceptionMessage,
            @Nullable Wager wager,
            byte[] body,
            int schemaVersion,
            Instant failedAt) {

        private static final Instant FAILED_AT = Instant.parse("2026-11-21T10:00:00Z");

        /** A valid wager that the database refused. */
        public static Letter refused(Wager wager) {
            return new Letter(
                    UUID.randomUUID(),
                    DeadLetterStatus.OPEN,
                    DeadLetterReason.REJECTED_BY_DATABASE,
                    "java.sql.SQLException",
                    "Check constraint violation: 'CK_SOME'",
                    wager,
                    WagerEncoder.encode(wager),
                    MessageHeaders.CURRENT_SCHEMA_VERSION,
                    FAILED_AT);
        }

        /** A body that nobody can read. */
        public static Letter undecodable(String body) {
            return new Letter(
                    UUID.randomUUID(),
                    DeadLetterStatus.OPEN,
                    DeadLetterReason.UNDECODABLE,
                    "MalformedWager",
                    "not JSON at line 1, column 1",
                    null,
                    body.getBytes(StandardCharsets.UTF_8),
                    MessageHeaders.CURRENT_SCHEMA_VERSION,
                    FAILED_AT);
        }

        /** The same in another status. */
        public Letter in(DeadLetterStatus other) {
            return new Letter(id, other, reason, exceptionType, exceptionMessage, wager, body, schemaVersion, failedAt);
        }

        /** The same for another reason. */
        public Letter because(DeadLetterReason other, String type, String message) {
            return new Letter(id, status, other, type, message, wager, body, schemaVersion, failedAt);
        }

        /** The same with another body. */
        public Letter saying(String text) {
            return new Letter(
                    id,
                    status,
                    reason,
                    exceptionType,
                    exceptionMessage,
                    wager,
                    text.getBytes(StandardCharsets.UTF_8),
                    schemaVersion,
                    failedAt);
        }

        /** The same, failed at another time. */
        public Letter failedAt(Instant other) {
            return new Letter(id, status, reason, exceptionType, exceptionMessage, wager, body, schemaVersion, other);
        }

        /** The same with another schema version in its header. */
        public Letter version(int other) {
            return new Letter(id, status, reason, exceptionType, exceptionMessage, wager, body, other, failedAt);
        }
    }
}
