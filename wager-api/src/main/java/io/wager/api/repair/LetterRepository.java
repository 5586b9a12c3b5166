package io.wager.api.repair;

import io.wager.api.schema.Columns;
import io.wager.api.schema.ListParameter;
import io.wager.core.deadletter.DeadLetterEventKind;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.messaging.Message;
import io.wager.core.wager.ContentHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads dead letters and changes their state. Each change is one statement that names the state it expects, and tells whether
 * it changed anything: docs/design/004-dead-letters.md has the table.
 */
@Repository
class LetterRepository {

    private static final String READ = """
            SELECT l.dead_letter_seq, l.dead_letter_id, l.status, l.requeues, l.failed_requeue, l.edits, l.claimed_until,
                   l.job_id, c.body, c.message_id, c.message_type, c.content_type, c.correlation_id, c.published_at,
                   c.headers, e.body AS edited_body
            FROM dead_letter l
            JOIN dead_letter_content c ON c.dead_letter_id = l.dead_letter_id
            LEFT JOIN dead_letter_edit e ON e.dead_letter_id = l.dead_letter_id AND e.edit_number = l.edits
            WHERE {l.dead_letter_id in ids :ids}
            ORDER BY l.dead_letter_seq
            """;

    private static final String STORED_HASHES = """
            SELECT wager_id, content_hash
            FROM wager
            WHERE {wager_id in ids :wagerIds}
            """;

    /** The edits are named too: what is sent must be what was read. */
    private static final String CLAIM = """
            UPDATE dead_letter
            SET requeues = requeues + 1, claimed_until = :until
            WHERE dead_letter_id = CAST(:id AS BINARY(16)) AND status = 'open' AND requeues = :number - 1 AND edits = :edits
            AND (claimed_until IS NULL OR claimed_until <= :now)
            AND\s""";

    private static final String IN_NO_JOB = "job_id IS NULL";
    private static final String IN_JOB = "job_id = CAST(:jobId AS BINARY(16))";

    private static final String MARK = """
            UPDATE dead_letter
            SET status = 'requeued', claimed_until = NULL, status_changed_at = :now
            WHERE dead_letter_id = CAST(:id AS BINARY(16)) AND status = 'open' AND requeues = :number AND failed_requeue < :number
            """;

    private static final String RELEASE = """
            UPDATE dead_letter
            SET claimed_until = NULL
            WHERE dead_letter_id = CAST(:id AS BINARY(16)) AND status = 'open' AND requeues = :number
            """;

    private static final String EDIT = """
            UPDATE dead_letter
            SET edits = edits + 1
            WHERE dead_letter_id = CAST(:id AS BINARY(16)) AND status = 'open' AND edits = :edits
            AND (claimed_until IS NULL OR claimed_until <= :now)
            """;

    private static final String ADD_EDIT = """
            INSERT INTO dead_letter_edit (dead_letter_id, edit_number, body, edited_at, actor, note)
            VALUES (:id, :edit, :body, :now, :actor, :note)
            """;

    private static final String DISCARD = """
            UPDATE dead_letter
            SET status = 'discarded', claimed_until = NULL, status_changed_at = :now
            WHERE dead_letter_id = CAST(:id AS BINARY(16)) AND status = 'open' AND job_id IS NULL
            AND (claimed_until IS NULL OR claimed_until <= :now)
            """;

    /** A message may have been lost where nobody could see it, as in a queue that was purged; if not, it settles the letter yet. */
    private static final String RESTORE = """
            UPDATE dead_letter
            SET status = 'open', status_changed_at = :now
            WHERE dead_letter_id = CAST(:id AS BINARY(16)) AND status IN ('discarded', 'requeued')
            """;

    private static final String ADD_EVENT = """
            INSERT INTO dead_letter_event (dead_letter_id, kind, happened_at, actor, requeue_number, detail, job_id)
            VALUES (:id, :kind, :happenedAt, :actor, :number, :detail, :jobId)
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    LetterRepository(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    Optional<Letter> find(UUID id) {
        List<Letter> found = new ArrayList<>();
        read(List.of(id), found::add);
        return found.stream().findFirst();
    }

    /** Hands over one letter after the other, oldest first, so that only those that the taker keeps are held. */
    void read(Collection<UUID> ids, Consumer<Letter> taker) {
        if (!ids.isEmpty()) {
            jdbc.sql(READ).param("ids", ListParameter.ids(ids)).query(row -> {
                taker.accept(letter(row));
            });
        }
    }

    /** The contents that are stored, of those that are. */
    Map<UUID, ContentHash> storedHashes(Collection<UUID> wagerIds) {
        Map<UUID, ContentHash> found = new HashMap<>();
        if (!wagerIds.isEmpty()) {
            jdbc.sql(STORED_HASHES)
                    .param("wagerIds", ListParameter.ids(wagerIds))
                    .query(row -> {
                        found.put(Columns.uuid(row, "wager_id"), ContentHash.ofBytes(row.getBytes("content_hash")));
                    });
        }
        return found;
    }

    /** The requeues that have their letter's next number now; the others were not what was read any more. */
    List<Requeueing> claim(List<Requeueing> requeueings, @Nullable UUID jobId, Instant now, Instant until) {
        var counts = each(
                CLAIM + (jobId == null ? IN_NO_JOB : IN_JOB),
                requeueings,
                requeueing -> numbered(requeueing, now)
                        .addValue("edits", requeueing.letter().edits())
                        .addValue("until", Columns.utc(until))
                        .addValue("jobId", jobId == null ? null : Columns.bytes(jobId), Types.BINARY));
        List<Requeueing> claimed = new ArrayList<>();
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                claimed.add(requeueings.get(i));
            }
        }
        return claimed;
    }

    void mark(List<Requeueing> requeueings, Instant now) {
        each(MARK, requeueings, requeueing -> numbered(requeueing, now));
    }

    void release(List<Requeueing> requeueings, Instant now) {
        each(RELEASE, requeueings, requeueing -> numbered(requeueing, now));
    }

    boolean edit(UUID id, int edits, Instant now) {
        return jdbc.sql(EDIT)
                        .param("id", Columns.bytes(id))
                        .param("edits", edits)
                        .param("now", Columns.utc(now))
                        .update()
                == 1;
    }

    void addEdit(UUID id, int edit, byte[] body, Instant now, String actor, @Nullable String note) {
        jdbc.sql(ADD_EDIT)
                .param("id", Columns.bytes(id))
                .param("edit", edit)
                .param("body", body)
                .param("now", Columns.utc(now))
                .param("actor", actor)
                .param("note", note)
                .update();
    }

    boolean discard(UUID id, Instant now) {
        return change(DISCARD, id, now);
    }

    boolean restore(UUID id, Instant now) {
        return change(RESTORE, id, now);
    }

    void addEvents(List<Event> events) {
        each(
                ADD_EVENT,
                events,
                event -> new MapSqlParameterSource()
                        .addValue("id", Columns.bytes(event.deadLetterId()))
                        .addValue("kind", event.kind().wireForm())
                        .addValue("happenedAt", Columns.utc(event.happenedAt()))
                        .addValue("actor", event.actor())
                        .addValue("number", event.requeueNumber(), Types.INTEGER)
                        .addValue("detail", event.detail())
                        .addValue("jobId", event.jobId() == null ? null : Columns.bytes(event.jobId()), Types.BINARY));
    }

    private boolean change(String statement, UUID id, Instant now) {
        return jdbc.sql(statement)
                        .param("id", Columns.bytes(id))
                        .param("now", Columns.utc(now))
                        .update()
                == 1;
    }

    private <T> int[] each(String statement, List<T> items, java.util.function.Function<T, SqlParameterSource> binder) {
        if (items.isEmpty()) {
            return new int[0];
        }
        return batches.batchUpdate(statement, items.stream().map(binder).toArray(SqlParameterSource[]::new));
    }

    private static MapSqlParameterSource numbered(Requeueing requeueing, Instant now) {
        return new MapSqlParameterSource()
                .addValue("id", Columns.bytes(requeueing.deadLetterId()))
                .addValue("number", requeueing.number())
                .addValue("now", Columns.utc(now));
    }

    private static Letter letter(ResultSet row) throws SQLException {
        var message = new Message(
                row.getString("message_id"),
                row.getString("message_type"),
                row.getString("content_type"),
                row.getString("correlation_id"),
                Columns.optionalInstant(row, "published_at"),
                HeaderJson.read(row.getString("headers")),
                row.getBytes("body"));
        return new Letter(
                row.getLong("dead_letter_seq"),
                Columns.uuid(row, "dead_letter_id"),
                DeadLetterStatus.fromWireForm(row.getString("status")).orElseThrow(),
                row.getInt("requeues"),
                row.getInt("failed_requeue"),
                row.getInt("edits"),
                Columns.optionalInstant(row, "claimed_until"),
                Columns.optionalUuid(row, "job_id"),
                message,
                row.getBytes("edited_body"));
    }

    /** A line of a letter's timeline that this service writes. */
    record Event(
            UUID deadLetterId,
            DeadLetterEventKind kind,
            Instant happenedAt,
            String actor,
            @Nullable Integer requeueNumber,
            @Nullable String detail,
            @Nullable UUID jobId) {}
}
