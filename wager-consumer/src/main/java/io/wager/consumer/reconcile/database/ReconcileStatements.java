package io.wager.consumer.reconcile.database;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/** The statements that differ between the databases. They have named parameters. */
public interface ReconcileStatements {

    /**
     * The totals of the players of a range of ids, both included ({@code from}, {@code to}), and of each of their days that has
     * wagers: {@code account_id}; {@code created_on}, {@code row_amount} and {@code row_count}, which are null in the row that
     * stands for the player's own; {@code stored_amount} and {@code stored_count}, null where the day has no row. By player.
     */
    String players();

    /** Locks the row of a player ({@code accountId}) until the transaction ends, against the ingest too. */
    String lockPlayer();

    /**
     * The rows of a day ({@code day}) of the players from one on ({@code from}), a number of them ({@code limit}), with
     * {@code has_wagers}, which is 0 or 1; {@code start} and {@code end} are its first and last moment. By player.
     */
    String days();

    /** Makes a deadlock end this transaction, and not the ingest's. */
    void yieldInDeadlocks(JdbcOperations jdbc);

    /**
     * Reads the state of wagers: {@code wager_id}; {@code is_stored} and {@code has_conflict}, 0 or 1; {@code letter}, 4 for one that is
     * open, 3 requeued, 2 discarded, 1 resolved, null for none.
     *
     * @param wagerIds distinct, up to 1,000
     */
    <T> List<T> fates(JdbcOperations jdbc, List<UUID> wagerIds, RowMapper<T> mapper);
}
