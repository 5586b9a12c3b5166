package io.wager.api.requeuejob;

import io.wager.api.schema.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Makes jobs, reads them with their items, and changes their status for a person. */
@Repository
class JobRepository {

    static final String COLUMNS = """
            job_seq, job_id, status, created_at, created_by, note, selection, rate_per_second, canary,
            stop_when_failed_share, select_up_to, selected_through, is_selected, status_changed_at, stop_reason,
            finished_at
            """;

    private static final String ADD = """
            INSERT INTO requeue_job (job_id, status, created_at, created_by, note, selection, rate_per_second, canary,
                stop_when_failed_share, select_up_to, selected_through, is_selected, status_changed_at)
            VALUES (:id, :status, :createdAt, :createdBy, :note, :selection, :ratePerSecond, :canary,
                :stopWhenFailedShare, :selectUpTo, :selectedThrough, CAST(0 AS BIT), :createdAt)
            """;

    private static final String FIND = "SELECT " + COLUMNS + " FROM requeue_job WHERE job_id = CAST(:id AS BINARY(16))";

    private static final String PAGE_HEAD = "SELECT " + COLUMNS + " FROM requeue_job WHERE job_seq < :before";
    private static final String OF_STATUS = " AND status = CAST(:status AS VARCHAR(9))";
    private static final String PAGE_TAIL = """

            ORDER BY job_seq DESC
            OFFSET 0 ROWS FETCH NEXT :rows ROWS ONLY
            """;

    private static final String CHANGE = """
            UPDATE requeue_job
            SET status = :to, status_changed_at = :now
            WHERE job_id = CAST(:id AS BINARY(16))
            AND\s""";

    private static final String COUNTS = """
            SELECT outcome, CASE WHEN outcome = 'skipped' THEN detail END AS reason, COUNT_BIG(*) AS items,
                   COUNT_BIG(CASE WHEN changed_at > :since THEN 1 END) AS lately
            FROM requeue_job_item
            WHERE job_id = CAST(:id AS BINARY(16))
            GROUP BY outcome, CASE WHEN outcome = 'skipped' THEN detail END
            """;

    private static final String ITEMS_HEAD = """
            SELECT dead_letter_seq, dead_letter_id, outcome, requeue_number, sends, detail, changed_at
            FROM requeue_job_item
            WHERE job_id = CAST(:id AS BINARY(16)) AND dead_letter_seq > :after""";

    private static final String OF_OUTCOME = " AND outcome = CAST(:outcome AS VARCHAR(9))";
    private static final String ITEMS_TAIL = """

            ORDER BY dead_letter_seq
            OFFSET 0 ROWS FETCH NEXT :rows ROWS ONLY
            """;

    private final JdbcClient jdbc;

    JobRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Job job) {
        jdbc.sql(ADD)
                .param("id", Columns.bytes(job.id()))
                .param("status", job.status().wireForm())
                .param("createdAt", Columns.utc(job.createdAt()))
                .param("createdBy", job.createdBy())
                .param("note", job.note(), Types.VARCHAR)
                .param("selection", job.selection())
                .param("ratePerSecond", job.ratePerSecond(), Types.INTEGER)
                .param("canary", job.canary(), Types.INTEGER)
                .param("stopWhenFailedShare", job.stopWhenFailedShare(), Types.DECIMAL)
                .param("selectUpTo", job.selectUpTo())
                .param("selectedThrough", job.selectedThrough())
                .update();
    }

    Optional<Job> find(UUID id) {
        return jdbc.sql(FIND)
                .param("id", Columns.bytes(id))
                .query(JobRepository::job)
                .optional();
    }

    /** Jobs before a number, latest first. */
    List<Job> page(@Nullable JobStatus status, long before, int rows) {
        var query = jdbc.sql(PAGE_HEAD + (status == null ? "" : OF_STATUS) + PAGE_TAIL)
                .param("before", before)
                .param("rows", rows);
        return (status == null ? query : query.param("status", status.wireForm()))
                .query(JobRepository::job)
                .list();
    }

    /** False if the job is in none of the statuses. */
    boolean change(UUID id, List<JobStatus> from, JobStatus to, Instant now) {
        var change = jdbc.sql(CHANGE + Columns.isAnyOf("status", "VARCHAR(9)", "from", from.size()))
                .param("id", Columns.bytes(id))
                .param("to", to.wireForm())
                .param("now", Columns.utc(now));
        for (var i = 0; i < from.size(); i++) {
            change = change.param("from" + i, from.get(i).wireForm());
        }
        return change.update() == 1;
    }

    /** How many items have each outcome, and how many came to it since a time. */
    List<Count> counts(UUID id, Instant since) {
        return jdbc.sql(COUNTS)
                .param("id", Columns.bytes(id))
                .param("since", Columns.utc(since))
                .query((row, number) -> new Count(
                        Outcome.of(row.getString("outcome")),
                        row.getString("reason"),
                        row.getInt("items"),
                        row.getInt("lately")))
                .list();
    }

    /** Items after a place, in the order of archiving. */
    List<Item> items(UUID id, @Nullable Outcome outcome, long after, int rows) {
        var query = jdbc.sql(ITEMS_HEAD + (outcome == null ? "" : OF_OUTCOME) + ITEMS_TAIL)
                .param("id", Columns.bytes(id))
                .param("after", after)
                .param("rows", rows);
        return (outcome == null ? query : query.param("outcome", outcome.wireForm()))
                .query((row, number) -> item(row))
                .list();
    }

    static Job job(ResultSet row, int ignoredNumber) throws SQLException {
        return new Job(
                row.getLong("job_seq"),
                Columns.uuid(row, "job_id"),
                JobStatus.of(row.getString("status")),
                Columns.instant(row, "created_at"),
                row.getString("created_by"),
                row.getString("note"),
                row.getString("selection"),
                optionalInt(row, "rate_per_second"),
                optionalInt(row, "canary"),
                row.getBigDecimal("stop_when_failed_share"),
                row.getLong("select_up_to"),
                row.getLong("selected_through"),
                row.getBoolean("is_selected"),
                Columns.instant(row, "status_changed_at"),
                row.getString("stop_reason"),
                Columns.optionalInstant(row, "finished_at"));
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getLong("dead_letter_seq"),
                Columns.uuid(row, "dead_letter_id"),
                Outcome.of(row.getString("outcome")),
                optionalInt(row, "requeue_number"),
                row.getInt("sends"),
                row.getString("detail"),
                Columns.instant(row, "changed_at"));
    }

    private static @Nullable Integer optionalInt(ResultSet row, String column) throws SQLException {
        var value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    /** How many items have an outcome, for the same reason. */
    record Count(Outcome outcome, @Nullable String reason, int items, int lately) {}

    /** One letter of a job. */
    record Item(
            long sequence,
            UUID deadLetterId,
            Outcome outcome,
            @Nullable Integer requeueNumber,
            int sends,
            @Nullable String detail,
            Instant changedAt) {}
}
