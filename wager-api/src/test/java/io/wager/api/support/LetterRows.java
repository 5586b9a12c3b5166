package io.wager.api.support;

import io.wager.api.schema.Columns;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at the rows of dead letters, and plays the consumer, who settles them. */
public final class LetterRows {

    private final JdbcClient jdbc;

    /** Reads and writes through a client. */
    public LetterRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What actions change of a letter's row. */
    public Map<String, Object> row(UUID id) {
        return jdbc.sql("""
                        SELECT status, attempts, requeues, failed_requeue, edits, status_changed_at, claimed_until,
                            CASE WHEN job_id IS NULL THEN 0 ELSE 1 END AS in_job
                        FROM dead_letter WHERE dead_letter_id = ?
                        """).param(Columns.bytes(id)).query().singleRow();
    }

    /** A letter's status. */
    public String status(UUID id) {
        return String.valueOf(row(id).get("status"));
    }

    /** Kinds of the events of a letter's timeline after its first failure, oldest first. */
    public List<String> events(UUID id) {
        return jdbc
                .sql("SELECT kind FROM dead_letter_event WHERE dead_letter_id = ? ORDER BY event_seq")
                .param(Columns.bytes(id))
                .query(String.class)
                .list()
                .stream()
                .skip(1)
                .toList();
    }

    /** Outcomes in the audit about a target, oldest first. */
    public List<String> audit(String target) {
        return jdbc.sql("SELECT outcome FROM audit_entry WHERE target = ? ORDER BY audit_seq")
                .param(target)
                .query(String.class)
                .list();
    }

    /** As the consumer does when it stores the wager. */
    public void resolve(UUID id) {
        jdbc.sql("""
                        UPDATE dead_letter SET status = 'resolved', claimed_until = NULL
                        WHERE dead_letter_id = ? AND status <> 'resolved'
                        """).param(Columns.bytes(id)).update();
    }

    /** As the consumer does when a requeue fails again. */
    public void failAgain(UUID id, int requeueNumber) {
        jdbc.sql("""
                        UPDATE dead_letter
                        SET attempts = attempts + 1, failed_requeue = :number,
                            status = CASE WHEN requeues = :number THEN 'open' ELSE status END,
                            claimed_until = CASE WHEN requeues = :number THEN NULL ELSE claimed_until END
                        WHERE dead_letter_id = :id AND failed_requeue < :number
                        """)
                .param("id", Columns.bytes(id))
                .param("number", requeueNumber)
                .update();
    }

    /** Runs a statement of the test's own. */
    public void update(String sql, Object... parameters) {
        jdbc.sql(sql).params(parameters).update();
    }
}
