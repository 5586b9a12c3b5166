package io.wager.consumer.deadletter;

import io.wager.consumer.schema.TestTable;
import io.wager.consumer.store.IdBytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what the archive has written, and puts letters into states that others bring about; by plain SQL. */
public final class ArchivedDeadLetters {

    private final JdbcTemplate jdbc;

    /** Of a database with the schema. */
    public ArchivedDeadLetters(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Deletes all of them, and everything else. */
    public void deleteAll() {
        TestTable.deleteAll(jdbc);
    }

    /** How many rows a table has. */
    public int count(TestTable table) {
        return table.count(jdbc);
    }

    /** All letters, in the order of archiving. */
    public List<Row> all() {
        return jdbc.query(
                "SELECT * FROM dead_letter ORDER BY dead_letter_seq",
                (row, number) -> new Row(
                        IdBytes.toUuid(row.getBytes("dead_letter_id")),
                        row.getString("status"),
                        row.getString("reason"),
                        row.getString("fingerprint"),
                        row.getString("title"),
                        row.getString("exception_type"),
                        row.getString("exception_message"),
                        uuid(row, "wager_id"),
                        uuid(row, "account_id"),
                        row.getString("provider"),
                        row.getString("search_text"),
                        row.getInt("attempts"),
                        row.getInt("requeues"),
                        row.getInt("failed_requeue"),
                        row.getInt("edits"),
                        time(row, "first_failed_at"),
                        time(row, "last_failed_at"),
                        time(row, "archived_at"),
                        time(row, "status_changed_at"),
                        row.getObject("claimed_until") != null));
    }

    /** The one letter that there is. */
    public Row only() {
        var all = all();
        if (all.size() != 1) {
            throw new AssertionError("there are " + all.size() + " dead letters");
        }
        return all.getFirst();
    }

    /** The content of a letter. */
    public Content content(UUID id) {
        var found = jdbc.query(
                "SELECT * FROM dead_letter_content WHERE dead_letter_id = ?",
                (row, number) -> new Content(
                        row.getBytes("body"),
                        row.getString("message_id"),
                        row.getString("message_type"),
                        row.getString("content_type"),
                        row.getString("correlation_id"),
                        row.getObject("published_at") == null ? null : time(row, "published_at"),
                        row.getString("headers"),
                        row.getString("stack_trace")),
                IdBytes.of(id));
        if (found.size() != 1) {
            throw new AssertionError("there are " + found.size() + " contents of " + id);
        }
        return found.getFirst();
    }

    /** The timeline of a letter. */
    public List<Event> events(UUID id) {
        return jdbc.query(
                "SELECT * FROM dead_letter_event WHERE dead_letter_id = ? ORDER BY event_seq",
                (row, number) -> new Event(
                        row.getString("kind"),
                        time(row, "happened_at"),
                        row.getObject("requeue_number", Integer.class),
                        row.getString("reason"),
                        row.getString("exception_type"),
                        row.getString("detail")),
                IdBytes.of(id));
    }

    /** What the API does when it requeues: a claim, the number, and the mark. */
    public void requeue(UUID id, int number, String status) {
        jdbc.update(
                "UPDATE dead_letter SET requeues = ?, status = ?, claimed_until = ? WHERE dead_letter_id = ?",
                number,
                status,
                LocalDateTime.of(2999, 1, 1, 0, 0),
                IdBytes.of(id));
    }

    /** Puts a letter into a status at a time. */
    public void setStatus(UUID id, String status, Instant changedAt) {
        jdbc.update(
                "UPDATE dead_letter SET status = ?, status_changed_at = ? WHERE dead_letter_id = ?",
                status,
                LocalDateTime.ofInstant(changedAt, ZoneOffset.UTC),
                IdBytes.of(id));
    }

    /** Has a job select a letter. */
    public void setJob(UUID id, UUID job) {
        jdbc.update("UPDATE dead_letter SET job_id = ? WHERE dead_letter_id = ?", IdBytes.of(job), IdBytes.of(id));
    }

    /** Adds an edited body. */
    public void addEdit(UUID id) {
        jdbc.update(
                "INSERT INTO dead_letter_edit (dead_letter_id, edit_number, body, edited_at, actor) VALUES (?, 1, ?, ?, 'ann')",
                IdBytes.of(id),
                new byte[] {'{', '}'},
                LocalDateTime.of(2026, 1, 1, 0, 0));
    }

    /** Adds an event that the store writes. */
    public void addResolved(UUID id, int requeueNumber) {
        jdbc.update(
                "INSERT INTO dead_letter_event (dead_letter_id, kind, happened_at, requeue_number) VALUES (?, 'resolved', ?, ?)",
                IdBytes.of(id),
                LocalDateTime.of(2026, 1, 1, 0, 0),
                requeueNumber);
    }

    /** How many rows are of a letter, by table. */
    public Map<String, Integer> rowsOf(UUID id) {
        return Map.of(
                "dead_letter", countOf("SELECT COUNT(*) FROM dead_letter WHERE dead_letter_id = ?", id),
                "dead_letter_content", countOf("SELECT COUNT(*) FROM dead_letter_content WHERE dead_letter_id = ?", id),
                "dead_letter_edit", countOf("SELECT COUNT(*) FROM dead_letter_edit WHERE dead_letter_id = ?", id),
                "dead_letter_event", countOf("SELECT COUNT(*) FROM dead_letter_event WHERE dead_letter_id = ?", id));
    }

    private int countOf(String statement, UUID id) {
        var count = jdbc.queryForObject(statement, Integer.class, IdBytes.of(id));
        return count == null ? 0 : count;
    }

    private static @Nullable UUID uuid(ResultSet row, String column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? null : IdBytes.toUuid(bytes);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    /** A row of dead_letter. */
    public record Row(
            UUID id,
            String status,
            String reason,
            String fingerprint,
            String title,
            String exceptionType,
            String exceptionMessage,
            @Nullable UUID wagerId,
            @Nullable UUID accountId,
            @Nullable String provider,
            String searchText,
            int attempts,
            int requeues,
            int failedRequeue,
            int edits,
            Instant firstFailedAt,
            Instant lastFailedAt,
            Instant archivedAt,
            Instant statusChangedAt,
            boolean isClaimed) {}

    /** A row of dead_letter_content. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Content(
            byte[] body,
            @Nullable String messageId,
            @Nullable String type,
            @Nullable String contentType,
            @Nullable String correlationId,
            @Nullable Instant publishedAt,
            String headers,
            String stackTrace) {}

    /** A row of dead_letter_event. */
    public record Event(
            String kind,
            Instant happenedAt,
            @Nullable Integer requeueNumber,
            @Nullable String reason,
            @Nullable String exceptionType,
            @Nullable String detail) {}
}
