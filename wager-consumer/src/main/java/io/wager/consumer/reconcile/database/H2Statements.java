package io.wager.consumer.reconcile.database;

import io.wager.consumer.store.ListType;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/** H2, which reads each statement's rows as of one moment, and takes the order of a join as it is written. */
final class H2Statements implements ReconcileStatements {

    private static final String PLAYERS = """
            SELECT g.account_id, g.created_on, g.row_amount, g.row_count,
                d.total_amount AS stored_amount, d.wager_count AS stored_count
            FROM (
                SELECT w.account_id, CAST(w.created_at AS DATE) AS created_on, SUM(w.amount) AS row_amount,
                    COUNT(*) AS row_count
                FROM wager w
                WHERE w.account_id >= :from AND w.account_id <= :to
                GROUP BY w.account_id, CAST(w.created_at AS DATE)) AS g
            LEFT JOIN player_day d ON d.created_on = g.created_on AND d.account_id = g.account_id
            UNION ALL
            SELECT p.account_id, CAST(NULL AS DATE), CAST(NULL AS DECIMAL(38, 18)), CAST(NULL AS BIGINT),
                p.total_amount, p.wager_count
            FROM player p
            WHERE p.account_id >= :from AND p.account_id <= :to
            ORDER BY account_id
            """;

    private static final String LOCK_PLAYER = "SELECT account_id FROM player WHERE account_id = :accountId FOR UPDATE";

    private static final String DAYS = """
            SELECT d.account_id, d.total_amount, d.wager_count,
                CASE WHEN EXISTS (
                    SELECT 1 FROM wager w
                    WHERE w.account_id = d.account_id AND w.created_at >= :start AND w.created_at <= :end
                        AND CAST(w.created_at AS DATE) = d.created_on)
                THEN 1 ELSE 0 END AS has_wagers
            FROM player_day d
            WHERE d.created_on = :day AND d.account_id >= :from
            ORDER BY d.account_id
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final String FATES = """
            SELECT listed.item AS wager_id,
                CASE WHEN EXISTS (SELECT 1 FROM wager w WHERE w.wager_id = listed.item) THEN 1 ELSE 0 END AS is_stored,
                CASE WHEN EXISTS (SELECT 1 FROM wager_conflict c WHERE c.wager_id = listed.item)
                    THEN 1 ELSE 0 END AS has_conflict,
                (SELECT MAX(CASE l.status WHEN 'open' THEN 4 WHEN 'requeued' THEN 3 WHEN 'discarded' THEN 2 ELSE 1 END)
                    FROM dead_letter l WHERE l.wager_id = listed.item) AS letter
            FROM {listed}
            """;

    @Override
    public String players() {
        return PLAYERS;
    }

    @Override
    public String lockPlayer() {
        return LOCK_PLAYER;
    }

    @Override
    public String days() {
        return DAYS;
    }

    /** Nothing to do: whoever closes the circle is the one that it ends, and that repeats its work. */
    @Override
    public void yieldInDeadlocks(JdbcOperations jdbc) {}

    @Override
    public <T> List<T> fates(JdbcOperations jdbc, List<UUID> wagerIds, RowMapper<T> mapper) {
        return ListType.ID_LIST.query(jdbc, FATES, ListType.rows(wagerIds), mapper);
    }
}
