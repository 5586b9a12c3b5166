package io.wager.api.deadletter;

import io.wager.api.fate.DeadLetterFates.DeadLettered;
import io.wager.api.http.TimeCursor;
import io.wager.api.schema.Columns;
import io.wager.api.schema.ListParameter;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.messaging.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the archive of dead letters. */
@Repository
class DeadLetterRepository {

    private static final String COLUMNS = """
            d.dead_letter_seq, d.dead_letter_id, d.status, d.reason, d.fingerprint, d.title, d.exception_type,
            d.exception_message, d.wager_id, d.account_id, d.provider, d.attempts, d.requeues, d.edits, d.first_failed_at,
            d.last_failed_at, d.archived_at, d.status_changed_at, d.job_id
            """;

    /** Finds the page in indexes alone, and only then reads its rows. */
    private static final String PAGE_HEAD = "SELECT " + COLUMNS + "FROM (\n";

    private static final String PAGE_TAIL = """

            ) page
            JOIN dead_letter d ON d.dead_letter_seq = page.dead_letter_seq
            ORDER BY d.last_failed_at DESC, d.dead_letter_seq DESC
            OFFSET 0 ROWS FETCH NEXT :rows ROWS ONLY
            """;

    private static final String PLACE_HEAD = "SELECT place.last_failed_at, place.dead_letter_seq FROM (\n";

    private static final String PLACE_TAIL = """

            ) place
            ORDER BY place.last_failed_at DESC, place.dead_letter_seq DESC
            OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
            """;

    private static final String WALK_HEAD = """
            SELECT walked.last_failed_at, walked.dead_letter_seq
            FROM (
                SELECT d.last_failed_at, d.dead_letter_seq
                FROM dead_letter d
                WHERE\s""";

    /** The first line is what the index seeks by. */
    private static final String AFTER = """

                AND d.last_failed_at <= :afterTime
                AND (d.last_failed_at < :afterTime OR d.dead_letter_seq < :afterSequence)""";

    /** Down to a place, that included. */
    private static final String DOWN_TO = """

                AND d.last_failed_at >= :endTime
                AND (d.last_failed_at > :endTime OR d.dead_letter_seq >= :endSequence)""";

    private static final String WALK_ORDER = "\nORDER BY ";

    private static final String WALK_TAIL = """
            d.last_failed_at DESC, d.dead_letter_seq DESC
                OFFSET :skipped ROWS FETCH NEXT :walked ROWS ONLY
            ) walked""";

    private static final String AFTER_SEQUENCE_HEAD = "SELECT " + COLUMNS + """
            FROM dead_letter d
            WHERE d.dead_letter_seq > :sequence
            AND\s""";

    private static final String AFTER_SEQUENCE_TAIL = """

            ORDER BY d.dead_letter_seq
            OFFSET 0 ROWS FETCH NEXT :rows ROWS ONLY
            """;

    private static final String COUNT = """
            SELECT d.status, d.reason, COUNT_BIG(*) AS letters
            FROM dead_letter d
            WHERE\s""";

    private static final String COUNT_TAIL = "\nGROUP BY d.status, d.reason";

    /** All groups, since they are few; which ones are shown, and in what order, is decided after. */
    private static final String GROUPS = """
            SELECT d.fingerprint, d.status, COUNT_BIG(*) AS letters, MIN(d.last_failed_at) AS first_failed,
                MAX(d.last_failed_at) AS last_failed, MAX(d.dead_letter_seq) AS sample
            FROM dead_letter d
            WHERE\s""";

    private static final String GROUPS_TAIL = "\nGROUP BY d.fingerprint, d.status";

    private static final String SAMPLES =
            "SELECT " + COLUMNS + " FROM dead_letter d WHERE {d.dead_letter_seq in numbers :sequences}";

    private static final String ONE =
            "SELECT " + COLUMNS + " FROM dead_letter d WHERE d.dead_letter_id = CAST(:id AS BINARY(16))";

    private static final String CONTENT = """
            SELECT body, message_id, message_type, content_type, correlation_id, published_at, headers, stack_trace
            FROM dead_letter_content
            WHERE dead_letter_id = CAST(:id AS BINARY(16))
            """;

    private static final String EDITS = """
            SELECT edit_number, body, edited_at, actor, note
            FROM dead_letter_edit
            WHERE dead_letter_id = CAST(:id AS BINARY(16))
            ORDER BY edit_number
            """;

    private static final String EVENTS = """
            SELECT kind, happened_at, actor, requeue_number, reason, exception_type, detail, job_id
            FROM dead_letter_event
            WHERE dead_letter_id = CAST(:id AS BINARY(16))
            ORDER BY event_seq
            """;

    private static final String OF_WAGERS = """
            SELECT d.wager_id, d.dead_letter_id, d.reason
            FROM dead_letter d
            WHERE {d.wager_id in ids :wagerIds} AND d.status <> 'resolved'
            ORDER BY d.wager_id, d.last_failed_at, d.dead_letter_seq
            """;

    private static final String OPEN = """
            SELECT d.reason, COUNT_BIG(*) AS letters, MIN(d.first_failed_at) AS oldest
            FROM dead_letter d
            WHERE d.status = 'open'
            GROUP BY d.reason
            """;

    private final JdbcClient jdbc;

    DeadLetterRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Letters after a place, and not beyond another, latest failure first. */
    List<DeadLetterRow> page(DeadLetterFilter filter, @Nullable TimeCursor after, @Nullable TimeCursor end, int rows) {
        var statement = walk(PAGE_HEAD, filter, after, end, PAGE_TAIL)
                .param("skipped", 0)
                .param("walked", rows)
                .param("rows", rows);
        return statement.query(DeadLetterRepository::row).list();
    }

    /** A place so many letters after another, or fewer; empty if there are not so many. */
    Optional<TimeCursor> place(DeadLetterFilter filter, @Nullable TimeCursor after, int letters) {
        var walks = Math.max(1, filter.leadingValues().size());
        return walk(PLACE_HEAD, filter, after, null, PLACE_TAIL)
                .param("skipped", letters / walks - 1)
                .param("walked", 1)
                .query((row, number) ->
                        new TimeCursor(Columns.instant(row, "last_failed_at"), row.getLong("dead_letter_seq")))
                .optional();
    }

    /**
     * One walk along an index; if the column that leads it may have several values, one for each. Nothing is sorted but what the
     * walks find.
     */
    private JdbcClient.StatementSpec walk(
            String head, DeadLetterFilter filter, @Nullable TimeCursor after, @Nullable TimeCursor end, String tail) {
        var column = filter.leadingOrder();
        var values = filter.leadingValues();
        var walk = WALK_HEAD + filter.condition() + (after == null ? "" : AFTER) + (end == null ? "" : DOWN_TO);
        var order = WALK_ORDER + column + WALK_TAIL;
        var walks = values.isEmpty()
                ? walk + order
                : IntStream.range(0, values.size())
                        .mapToObj(i -> walk + "\nAND " + column.replace(", ", "") + " = CAST(:walk" + i
                                + " AS VARCHAR(24))" + order)
                        .collect(Collectors.joining("\nUNION ALL\n"));
        var statement = jdbc.sql(head + walks + tail).params(filter.parameters());
        for (var i = 0; i < values.size(); i++) {
            statement = statement.param("walk" + i, values.get(i));
        }
        if (end != null) {
            statement = statement.param("endTime", Columns.utc(end.time())).param("endSequence", end.sequence());
        }
        return withPlace(statement, after);
    }

    private static JdbcClient.StatementSpec withPlace(JdbcClient.StatementSpec statement, @Nullable TimeCursor after) {
        return after == null
                ? statement
                : statement.param("afterTime", Columns.utc(after.time())).param("afterSequence", after.sequence());
    }

    /** Letters after a number, in the order of archiving. */
    List<DeadLetterRow> afterSequence(DeadLetterFilter filter, long sequence, int rows) {
        return jdbc.sql(AFTER_SEQUENCE_HEAD + filter.condition() + AFTER_SEQUENCE_TAIL)
                .params(filter.parameters())
                .param("sequence", sequence)
                .param("rows", rows)
                .query(DeadLetterRepository::row)
                .list();
    }

    /** How many there are, by status and reason. */
    List<Count> count(DeadLetterFilter filter) {
        return jdbc.sql(COUNT + filter.condition() + COUNT_TAIL)
                .params(filter.parameters())
                .query((row, number) ->
                        new Count(row.getString("status"), row.getString("reason"), row.getLong("letters")))
                .list();
    }

    /** How many there are, by group and status. */
    List<GroupCount> groups(DeadLetterFilter filter) {
        return jdbc.sql(GROUPS + filter.condition() + GROUPS_TAIL)
                .params(filter.parameters())
                .query((row, number) -> new GroupCount(
                        row.getString("fingerprint"),
                        row.getString("status"),
                        row.getLong("letters"),
                        Columns.instant(row, "first_failed"),
                        Columns.instant(row, "last_failed"),
                        row.getLong("sample")))
                .list();
    }

    /** The letters of these numbers. */
    List<DeadLetterRow> bySequence(List<Long> sequences) {
        return sequences.isEmpty()
                ? List.of()
                : jdbc.sql(SAMPLES)
                        .param("sequences", ListParameter.numbers(sequences))
                        .query(DeadLetterRepository::row)
                        .list();
    }

    Optional<DeadLetterRow> find(UUID id) {
        return jdbc.sql(ONE)
                .param("id", Columns.bytes(id))
                .query(DeadLetterRepository::row)
                .optional();
    }

    /** Empty if the letter was deleted meanwhile. */
    Optional<Content> content(UUID id) {
        return jdbc.sql(CONTENT)
                .param("id", Columns.bytes(id))
                .query((row, number) -> new Content(
                        new Message(
                                row.getString("message_id"),
                                row.getString("message_type"),
                                row.getString("content_type"),
                                row.getString("correlation_id"),
                                Columns.optionalInstant(row, "published_at"),
                                HeaderJson.read(row.getString("headers")),
                                row.getBytes("body")),
                        row.getString("stack_trace")))
                .optional();
    }

    List<Edit> edits(UUID id) {
        return jdbc.sql(EDITS)
                .param("id", Columns.bytes(id))
                .query((row, number) -> new Edit(
                        row.getInt("edit_number"),
                        row.getBytes("body"),
                        Columns.instant(row, "edited_at"),
                        row.getString("actor"),
                        row.getString("note")))
                .list();
    }

    List<DeadLetterDetail.Event> events(UUID id) {
        return jdbc.sql(EVENTS)
                .param("id", Columns.bytes(id))
                .query((row, number) -> new DeadLetterDetail.Event(
                        row.getString("kind"),
                        Columns.instant(row, "happened_at"),
                        row.getString("actor"),
                        optionalInt(row, "requeue_number"),
                        row.getString("reason"),
                        row.getString("exception_type"),
                        row.getString("detail"),
                        Columns.optionalUuid(row, "job_id")))
                .list();
    }

    /** The letters that are not resolved, of these wagers. */
    List<DeadLettered> ofWagers(Collection<UUID> wagerIds) {
        return jdbc.sql(OF_WAGERS)
                .param("wagerIds", ListParameter.ids(wagerIds))
                .query((row, number) -> new DeadLettered(
                        Columns.uuid(row, "wager_id"), Columns.uuid(row, "dead_letter_id"), row.getString("reason")))
                .list();
    }

    /** The open letters by reason. */
    List<Open> open() {
        return jdbc.sql(OPEN)
                .query((row, number) ->
                        new Open(row.getString("reason"), row.getLong("letters"), Columns.instant(row, "oldest")))
                .list();
    }

    private static DeadLetterRow row(ResultSet row, int ignoredNumber) throws SQLException {
        return new DeadLetterRow(
                row.getLong("dead_letter_seq"),
                new DeadLetterItem(
                        Columns.uuid(row, "dead_letter_id"),
                        status(row.getString("status")),
                        row.getString("reason"),
                        row.getString("fingerprint"),
                        row.getString("title"),
                        row.getString("exception_type"),
                        row.getString("exception_message"),
                        Columns.optionalUuid(row, "wager_id"),
                        Columns.optionalUuid(row, "account_id"),
                        row.getString("provider"),
                        row.getInt("attempts"),
                        row.getInt("requeues"),
                        row.getInt("edits"),
                        Columns.instant(row, "first_failed_at"),
                        Columns.instant(row, "last_failed_at"),
                        Columns.instant(row, "archived_at"),
                        Columns.instant(row, "status_changed_at"),
                        Columns.optionalUuid(row, "job_id")));
    }

    private static String status(String text) {
        return DeadLetterStatus.fromWireForm(text).orElseThrow().wireForm();
    }

    private static @Nullable Integer optionalInt(ResultSet row, String column) throws SQLException {
        var value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    /**
     * A letter and its place.
     *
     * @param sequence its number
     * @param item what lists say of it
     */
    record DeadLetterRow(long sequence, DeadLetterItem item) {

        TimeCursor place() {
            return new TimeCursor(item.lastFailedAt(), sequence);
        }
    }

    /** How many letters of a status and reason there are. */
    record Count(String status, String reason, long letters) {}

    /** How many letters of a group and status there are; {@code sample} is the number of the latest. */
    record GroupCount(
            String fingerprint, String status, long letters, Instant firstFailed, Instant lastFailed, long sample) {}

    /** The message of a letter, and the stack trace of its last failure. */
    record Content(Message message, String stackTrace) {}

    /** A body that a person wrote. */
    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Edit(
            int number,
            byte[] body,
            Instant editedAt,
            String actor,
            @Nullable String note) {

        Edit {
            Objects.requireNonNull(body);
        }
    }

    /** The open letters of a reason. */
    record Open(String reason, long letters, Instant oldest) {}
}
