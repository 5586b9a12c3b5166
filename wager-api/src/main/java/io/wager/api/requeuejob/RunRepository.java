package io.wager.api.requeuejob;

import io.wager.api.requeuejob.SelectionRepository.Selected;
import io.wager.api.schema.Columns;
import io.wager.api.schema.ListParameter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What a runner does to its jobs. Every transaction of a runner begins with {@link #hold}, which locks the job's row for its
 * time and finds out whether the lease is still the runner's: who has lost it changes nothing more.
 */
@Repository
class RunRepository {

    /** A statement that changes more than 5,000 rows may lock the whole table. */
    private static final int MAX_LISTED = 1_000;

    private static final String UNFINISHED = "SELECT " + JobRepository.COLUMNS + """
             FROM requeue_job
            WHERE finished_at IS NULL
            ORDER BY job_seq
            """;

    private static final String TAKE = """
            UPDATE requeue_job
            SET lease_owner = :owner, lease_until = :until
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND finished_at IS NULL
            AND (lease_owner = CAST(:owner AS BINARY(16)) OR lease_owner IS NULL OR lease_until <= :now)
            """;

    private static final String HOLD = """
            UPDATE requeue_job
            SET lease_until = :until
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND lease_owner = CAST(:owner AS BINARY(16))
            """;

    private static final String STILL_RUNNING = "AND status = 'running'";

    private static final String LEAVE_ALL = """
            UPDATE requeue_job
            SET lease_owner = NULL, lease_until = NULL
            WHERE lease_owner = CAST(:owner AS BINARY(16)) AND finished_at IS NULL
            """;

    private static final String STOP = """
            UPDATE requeue_job
            SET status = 'stopped', stop_reason = :reason, status_changed_at = :now
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND lease_owner = CAST(:owner AS BINARY(16)) AND status = 'running'
            """;

    private static final String COMPLETE = """
            UPDATE requeue_job
            SET status = 'completed', status_changed_at = :now, finished_at = :now, lease_owner = NULL, lease_until = NULL
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND lease_owner = CAST(:owner AS BINARY(16))
            AND status = 'running' AND finished_at IS NULL
            """;

    private static final String FINISH = """
            UPDATE requeue_job
            SET finished_at = :now, lease_owner = NULL, lease_until = NULL
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND lease_owner = CAST(:owner AS BINARY(16))
            AND status IN ('stopped', 'cancelled') AND finished_at IS NULL
            """;

    private static final String ADVANCE = """
            UPDATE requeue_job
            SET selected_through = :through, is_selected = :isSelected
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND lease_owner = CAST(:owner AS BINARY(16)) AND selected_through = :from
            """;

    /** A letter is of one unfinished job at most. */
    private static final String SELECT_LETTERS = """
            UPDATE dead_letter
            SET job_id = :jobId
            WHERE {dead_letter_seq in numbers :sequences} AND status = 'open' AND job_id IS NULL
            AND (claimed_until IS NULL OR claimed_until <= :now)
            """;

    private static final String SELECTED_STATES = """
            SELECT dead_letter_seq, dead_letter_id, status, job_id, claimed_until
            FROM dead_letter
            WHERE {dead_letter_seq in numbers :sequences}
            ORDER BY dead_letter_seq
            """;

    private static final String ADD_ITEM = """
            INSERT INTO requeue_job_item (job_id, dead_letter_seq, dead_letter_id, outcome, requeue_number, sends, detail,
                changed_at)
            VALUES (:jobId, :sequence, :deadLetterId, :outcome, NULL, 0, :detail, :now)
            """;

    private static final String COUNTS = """
            SELECT outcome, COUNT_BIG(*) AS items
            FROM requeue_job_item
            WHERE job_id = CAST(:jobId AS BINARY(16))
            GROUP BY outcome
            """;

    private static final String BEGUN = """
            SELECT dead_letter_seq
            FROM requeue_job_item
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND outcome = 'pending' AND requeue_number IS NOT NULL
            """;

    /** Ordered by the columns of the index, or H2 would sort all that is pending for each batch. */
    private static final String SENDABLE = """
            SELECT dead_letter_seq, dead_letter_id
            FROM requeue_job_item
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND outcome = 'pending' AND requeue_number IS NULL
            AND (sends = 0 OR changed_at <= :retryBefore)
            ORDER BY job_id, outcome, dead_letter_seq
            OFFSET 0 ROWS FETCH NEXT :rows ROWS ONLY
            """;

    /** A letter that was resolved may be open again by now, since a client has published it once more: then its timeline tells. */
    private static final String FOLLOW_HEAD = """
            SELECT i.dead_letter_seq, i.outcome, i.requeue_number, l.status, l.failed_requeue, l.claimed_until,
                (SELECT COUNT_BIG(*)
                FROM dead_letter_event e
                WHERE e.dead_letter_id = i.dead_letter_id AND e.kind = 'resolved'
                    AND e.requeue_number >= i.requeue_number) AS resolutions
            FROM requeue_job_item i
            LEFT JOIN dead_letter l ON l.dead_letter_seq = i.dead_letter_seq
            WHERE i.job_id = CAST(:jobId AS BINARY(16)) AND\s""";

    private static final String THAT_ARE_REQUEUED = "i.outcome = 'requeued'";
    private static final String THAT_ARE_BEGUN = "i.dead_letter_seq BETWEEN :first AND :last"
            + " AND {i.dead_letter_seq in numbers :sequences}"
            + " AND i.outcome = 'pending' AND i.requeue_number IS NOT NULL";

    /** A row at a time, as all changes of items: H2 uses the whole of the key only for one row. */
    private static final String SETTLE = """
            UPDATE requeue_job_item
            SET outcome = :outcome, detail = :detail, changed_at = :now
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND dead_letter_seq = :sequence AND outcome IN ('pending', 'requeued')
            """;

    private static final String FREE = """
            UPDATE dead_letter
            SET job_id = NULL
            WHERE {dead_letter_seq in numbers :sequences} AND job_id = CAST(:jobId AS BINARY(16))
            """;

    private static final String BEGIN = """
            UPDATE requeue_job_item
            SET requeue_number = :number, changed_at = :now
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND dead_letter_seq = :sequence AND outcome = 'pending'
            """;

    /** What is not known to be under way may be sent again. */
    private static final String UNBEGIN = """
            UPDATE requeue_job_item
            SET requeue_number = NULL, changed_at = :now
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND dead_letter_seq = :sequence AND outcome = 'pending'
            """;

    private static final String SENT = """
            UPDATE requeue_job_item
            SET outcome = 'requeued', sends = sends + 1, changed_at = :now
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND dead_letter_seq = :sequence AND outcome = 'pending'
            """;

    private static final String NOT_SENT = """
            UPDATE requeue_job_item
            SET requeue_number = NULL, sends = sends + 1, detail = :detail, changed_at = :now
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND dead_letter_seq = :sequence AND outcome = 'pending'
            """;

    private static final String GIVEN_UP = """
            SELECT dead_letter_seq
            FROM requeue_job_item
            WHERE job_id = CAST(:jobId AS BINARY(16)) AND dead_letter_seq BETWEEN :first AND :last
            AND {dead_letter_seq in numbers :sequences} AND outcome = 'pending' AND sends >= :attempts
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    RunRepository(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    List<Job> unfinished() {
        return jdbc.sql(UNFINISHED).query(JobRepository::job).list();
    }

    /** Takes or renews the lease; false if it is another's. */
    boolean take(Lease lease, Instant now, Instant until) {
        return own(TAKE, lease)
                        .param("now", Columns.utc(now))
                        .param("until", Columns.utc(until))
                        .update()
                == 1;
    }

    /** Locks the job for the rest of the transaction and renews the lease; false if it is lost, or the job must not go on. */
    boolean hold(Lease lease, Instant until, boolean onlyIfRunning) {
        return own(onlyIfRunning ? HOLD + STILL_RUNNING : HOLD, lease)
                        .param("until", Columns.utc(until))
                        .update()
                == 1;
    }

    void leaveAll(UUID owner) {
        jdbc.sql(LEAVE_ALL).param("owner", Columns.bytes(owner)).update();
    }

    void stop(Lease lease, String reason, Instant now) {
        own(STOP, lease).param("reason", reason).param("now", Columns.utc(now)).update();
    }

    void complete(Lease lease, Instant now) {
        own(COMPLETE, lease).param("now", Columns.utc(now)).update();
    }

    void finish(Lease lease, Instant now) {
        own(FINISH, lease).param("now", Columns.utc(now)).update();
    }

    /** Selects letters for the job, those that can be, and adds an item for each that is there. */
    List<NewItem> select(Lease lease, List<Selected> letters, Instant now) {
        if (letters.isEmpty()) {
            return List.of();
        }
        var sequences =
                ListParameter.numbers(letters.stream().map(Selected::sequence).toList());
        of(SELECT_LETTERS, lease)
                .param("sequences", sequences)
                .param("now", Columns.utc(now))
                .update();
        var items = jdbc.sql(SELECTED_STATES)
                .param("sequences", sequences)
                .query((row, number) -> newItem(row, lease.jobId(), now))
                .list();
        each(
                ADD_ITEM,
                items,
                item -> at(lease, item.sequence(), now)
                        .addValue("deadLetterId", Columns.bytes(item.deadLetterId()))
                        .addValue("outcome", item.outcome().wireForm())
                        .addValue("detail", item.detail(), Types.VARCHAR));
        return items;
    }

    /** Notes how far the selection has come; false if it has not stood where it was thought to. */
    boolean advance(Lease lease, long from, long through, boolean isSelected) {
        return own(ADVANCE, lease)
                        .param("from", from)
                        .param("through", through)
                        .param("isSelected", isSelected)
                        .update()
                == 1;
    }

    Map<Outcome, Integer> counts(Lease lease) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        of(COUNTS, lease).query(row -> {
            counts.put(Outcome.of(row.getString("outcome")), row.getInt("items"));
        });
        return counts;
    }

    /** Items that were claimed by a runner which did not come to tell what became of them. */
    List<Long> begun(Lease lease) {
        return of(BEGUN, lease).query(Long.class).list();
    }

    List<Selected> sendable(Lease lease, Instant retryBefore, int rows) {
        return of(SENDABLE, lease)
                .param("retryBefore", Columns.utc(retryBefore))
                .param("rows", rows)
                .query((row, number) ->
                        new Selected(row.getLong("dead_letter_seq"), Columns.uuid(row, "dead_letter_id")))
                .list();
    }

    /** What is under way, with the state of its letter. */
    List<UnderWay> underWay(Lease lease, Collection<Long> begun) {
        List<UnderWay> found = new ArrayList<>(of(FOLLOW_HEAD + THAT_ARE_REQUEUED, lease)
                .query((row, number) -> underWay(row))
                .list());
        for (var piece : pieces(begun)) {
            found.addAll(of(FOLLOW_HEAD + THAT_ARE_BEGUN, lease)
                    .param("sequences", ListParameter.numbers(piece))
                    .param("first", piece.getFirst())
                    .param("last", piece.getLast())
                    .query((row, number) -> underWay(row))
                    .list());
        }
        return found;
    }

    /** Ends items and frees their letters. */
    void settle(Lease lease, Collection<Long> sequences, Outcome outcome, @Nullable String detail, Instant now) {
        if (!sequences.isEmpty()) {
            each(
                    SETTLE,
                    List.copyOf(sequences),
                    sequence -> at(lease, sequence, now)
                            .addValue("outcome", outcome.wireForm())
                            .addValue("detail", detail, Types.VARCHAR));
            for (var piece : pieces(sequences)) {
                of(FREE, lease).param("sequences", ListParameter.numbers(piece)).update();
            }
        }
    }

    void begin(Lease lease, Map<Long, Integer> numbers, Instant now) {
        each(
                BEGIN,
                List.copyOf(numbers.entrySet()),
                entry -> at(lease, entry.getKey(), now).addValue("number", entry.getValue()));
    }

    void unbegin(Lease lease, Collection<Long> sequences, Instant now) {
        many(UNBEGIN, lease, sequences, now);
    }

    void sent(Lease lease, Collection<Long> sequences, Instant now) {
        many(SENT, lease, sequences, now);
    }

    /** Uses up one try of each item; answers those that have had all of theirs. */
    List<Long> notSent(Lease lease, Map<Long, String> failures, int attempts, Instant now) {
        if (failures.isEmpty()) {
            return List.of();
        }
        each(
                NOT_SENT,
                List.copyOf(failures.entrySet()),
                entry -> at(lease, entry.getKey(), now).addValue("detail", entry.getValue()));
        return of(GIVEN_UP, lease)
                .param("sequences", ListParameter.numbers(failures.keySet()))
                .param("first", Collections.min(failures.keySet()))
                .param("last", Collections.max(failures.keySet()))
                .param("attempts", attempts)
                .query(Long.class)
                .list();
    }

    private void many(String statement, Lease lease, Collection<Long> sequences, Instant now) {
        each(statement, List.copyOf(sequences), sequence -> at(lease, sequence, now));
    }

    private JdbcClient.StatementSpec of(String statement, Lease lease) {
        return jdbc.sql(statement).param("jobId", Columns.bytes(lease.jobId()));
    }

    private JdbcClient.StatementSpec own(String statement, Lease lease) {
        return of(statement, lease).param("owner", Columns.bytes(lease.owner()));
    }

    private <T> void each(String statement, List<T> items, Function<T, SqlParameterSource> binder) {
        if (!items.isEmpty()) {
            batches.batchUpdate(statement, items.stream().map(binder).toArray(SqlParameterSource[]::new));
        }
    }

    private static MapSqlParameterSource at(Lease lease, long sequence, Instant now) {
        return new MapSqlParameterSource()
                .addValue("jobId", Columns.bytes(lease.jobId()))
                .addValue("sequence", sequence)
                .addValue("now", Columns.utc(now));
    }

    /** In order, no piece of more than one statement may change: what is under way can be more. */
    private static List<List<Long>> pieces(Collection<Long> sequences) {
        var sorted = sequences.stream().sorted().toList();
        List<List<Long>> pieces = new ArrayList<>();
        for (var from = 0; from < sorted.size(); from += MAX_LISTED) {
            pieces.add(sorted.subList(from, Math.min(sorted.size(), from + MAX_LISTED)));
        }
        return pieces;
    }

    private static NewItem newItem(ResultSet row, UUID jobId, Instant now) throws SQLException {
        var refusal = refusal(row, jobId, now);
        return new NewItem(
                row.getLong("dead_letter_seq"),
                Columns.uuid(row, "dead_letter_id"),
                refusal == null ? Outcome.PENDING : Outcome.SKIPPED,
                refusal);
    }

    private static @Nullable String refusal(ResultSet row, UUID jobId, Instant now) throws SQLException {
        var owner = Columns.optionalUuid(row, "job_id");
        if (jobId.equals(owner)) {
            return null;
        }
        if (!row.getString("status").equals("open")) {
            return "not-open";
        }
        var claimedUntil = Columns.optionalInstant(row, "claimed_until");
        return owner == null && claimedUntil != null && claimedUntil.isAfter(now) ? "being-requeued" : "in-another-job";
    }

    private static UnderWay underWay(ResultSet row) throws SQLException {
        return new UnderWay(
                row.getLong("dead_letter_seq"),
                Outcome.of(row.getString("outcome")),
                row.getInt("requeue_number"),
                row.getString("status"),
                row.getInt("failed_requeue"),
                row.getInt("resolutions"),
                Columns.optionalInstant(row, "claimed_until"));
    }

    /** A runner's hold on a job. */
    record Lease(UUID jobId, UUID owner) {}

    /** An item that was added. */
    record NewItem(
            long sequence,
            UUID deadLetterId,
            Outcome outcome,
            @Nullable String detail) {}
}
