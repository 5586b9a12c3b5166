package io.wager.consumer.reconcile.database;

import io.wager.consumer.store.ListType;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/**
 * SQL Server 2022. FORCESEEK: a page reads its own entries of the indexes whatever the statistics say, never a whole table. Ids
 * are cast to the type of their column, which the driver's own is not.
 */
final class SqlServerStatements implements ReconcileStatements {

    /** Every sum is cast where the halves meet: an endpoint that works out the scale of a union by itself cuts digits. */
    private static final String PLAYERS = """
            SELECT g.account_id, g.created_on, CAST(g.row_amount AS DECIMAL(38, 18)) AS row_amount, g.row_count,
                CAST(d.total_amount AS DECIMAL(38, 18)) AS stored_amount, d.wager_count AS stored_count
            FROM (
                SELECT w.account_id, CAST(w.created_at AS DATE) AS created_on, SUM(w.amount) AS row_amount,
                    COUNT_BIG(*) AS row_count
                FROM wager AS w WITH (INDEX (ix_wager_account_created), FORCESEEK)
                WHERE w.account_id >= CAST(:from AS BINARY(16)) AND w.account_id <= CAST(:to AS BINARY(16))
                GROUP BY w.account_id, CAST(w.created_at AS DATE)) AS g
            LEFT JOIN player_day AS d WITH (FORCESEEK) ON d.created_on = g.created_on AND d.account_id = g.account_id
            UNION ALL
            SELECT p.account_id, CAST(NULL AS DATE), CAST(NULL AS DECIMAL(38, 18)), CAST(NULL AS BIGINT),
                CAST(p.total_amount AS DECIMAL(38, 18)), p.wager_count
            FROM player AS p WITH (FORCESEEK)
            WHERE p.account_id >= CAST(:from AS BINARY(16)) AND p.account_id <= CAST(:to AS BINARY(16))
            ORDER BY account_id
            """;

    /** HOLDLOCK: also where there is no row yet, nobody adds it. */
    private static final String LOCK_PLAYER = """
            SELECT p.account_id
            FROM player AS p WITH (UPDLOCK, HOLDLOCK, ROWLOCK, FORCESEEK)
            WHERE p.account_id = CAST(:accountId AS BINARY(16))
            """;

    private static final String DAYS = """
            SELECT d.account_id, d.total_amount, d.wager_count,
                CASE WHEN EXISTS (
                    SELECT 1 FROM wager AS w WITH (INDEX (ix_wager_account_created), FORCESEEK)
                    WHERE w.account_id = d.account_id AND w.created_at >= :start AND w.created_at <= :end
                        AND CAST(w.created_at AS DATE) = d.created_on)
                THEN 1 ELSE 0 END AS has_wagers
            FROM player_day AS d WITH (FORCESEEK)
            WHERE d.created_on = :day AND d.account_id >= CAST(:from AS BINARY(16))
            ORDER BY d.account_id
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final String FATES = """
            SELECT listed.item AS wager_id,
                CASE WHEN EXISTS (SELECT 1 FROM wager AS w WITH (FORCESEEK) WHERE w.wager_id = listed.item)
                    THEN 1 ELSE 0 END AS is_stored,
                CASE WHEN EXISTS (SELECT 1 FROM wager_conflict AS c WITH (FORCESEEK) WHERE c.wager_id = listed.item)
                    THEN 1 ELSE 0 END AS has_conflict,
                (SELECT MAX(CASE l.status WHEN 'open' THEN 4 WHEN 'requeued' THEN 3 WHEN 'discarded' THEN 2 ELSE 1 END)
                    FROM dead_letter AS l WITH (FORCESEEK) WHERE l.wager_id = listed.item) AS letter
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

    @Override
    public void yieldInDeadlocks(JdbcOperations jdbc) {
        jdbc.execute("SET DEADLOCK_PRIORITY LOW");
    }

    @Override
    public <T> List<T> fates(JdbcOperations jdbc, List<UUID> wagerIds, RowMapper<T> mapper) {
        return ListType.ID_LIST.query(jdbc, FATES, ListType.rows(wagerIds), mapper);
    }
}
