package io.wager.consumer.reconcile.total;

import io.wager.consumer.reconcile.database.ReconcileStatements;
import io.wager.consumer.reconcile.finding.Total;
import io.wager.consumer.store.IdBytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Reads players of a range, all as of one moment: by one statement. */
final class PlayerReader {

    private static final String PLAYER_BOUND = """
            SELECT account_id
            FROM player
            WHERE account_id >= CAST(:from AS BINARY(16))
            ORDER BY account_id
            OFFSET :rows ROWS FETCH NEXT 1 ROWS ONLY
            """;

    private static final String WAGER_BOUND = """
            SELECT account_id
            FROM wager
            WHERE account_id >= CAST(:from AS BINARY(16))
            ORDER BY account_id
            OFFSET :rows ROWS FETCH NEXT 1 ROWS ONLY
            """;

    private final ReconcileStatements statements;
    private final int maxPlayers;
    private final int maxWagers;

    /**
     * A reader.
     *
     * @param maxPlayers the most players with a row in one range
     * @param maxWagers the most wagers in one range, beyond which only the last player's are read
     */
    PlayerReader(ReconcileStatements statements, int maxPlayers, int maxWagers) {
        this.statements = statements;
        this.maxPlayers = maxPlayers;
        this.maxWagers = maxWagers;
    }

    /** The range to read next: it ends with the player who fills it by players or by wagers. */
    AccountRange range(NamedParameterJdbcTemplate jdbc, UUID from) {
        var byPlayers = bound(jdbc, PLAYER_BOUND, from, maxPlayers);
        var byWagers = bound(jdbc, WAGER_BOUND, from, maxWagers);
        return new AccountRange(from, AccountRange.earlier(byPlayers, byWagers));
    }

    private static UUID bound(NamedParameterJdbcTemplate jdbc, String sql, UUID from, int rows) {
        var parameters = new MapSqlParameterSource("from", IdBytes.of(from)).addValue("rows", rows - 1);
        return jdbc.query(sql, parameters, (row, number) -> IdBytes.toUuid(row.getBytes(1))).stream()
                .findFirst()
                .orElse(AccountRange.LAST);
    }

    /** Those who have a row, or wagers. */
    List<PlayerState> read(NamedParameterJdbcTemplate jdbc, AccountRange range) {
        var players = new Players();
        var parameters =
                new MapSqlParameterSource("from", IdBytes.of(range.from())).addValue("to", IdBytes.of(range.to()));
        jdbc.query(statements.players(), parameters, players);
        return players.all();
    }

    /** Keeps the ingest from the player until the transaction ends; what is read after it is as of then. */
    void lock(NamedParameterJdbcTemplate jdbc, UUID accountId) {
        var parameters = new MapSqlParameterSource("accountId", IdBytes.of(accountId));
        jdbc.query(statements.lockPlayer(), parameters, (row, number) -> row.getBytes(1));
    }

    private static @Nullable Total total(ResultSet row, String amount, String count) throws SQLException {
        var sum = row.getBigDecimal(amount);
        return sum == null ? null : new Total(sum, row.getLong(count));
    }

    /** Gathers the rows, which come by player. */
    private static final class Players implements RowCallbackHandler {

        private final List<PlayerState> finished = new ArrayList<>();
        private @Nullable UUID accountId;
        private @Nullable Total stored;
        private TreeMap<LocalDate, PlayerState.Day> days = new TreeMap<>();

        @Override
        public void processRow(ResultSet row) throws SQLException {
            var id = IdBytes.toUuid(row.getBytes("account_id"));
            if (!id.equals(accountId)) {
                finish();
                accountId = id;
            }
            var total = total(row, "stored_amount", "stored_count");
            var rows = total(row, "row_amount", "row_count");
            if (rows == null) {
                stored = total;
            } else {
                days.put(row.getObject("created_on", LocalDate.class), new PlayerState.Day(total, rows));
            }
        }

        List<PlayerState> all() {
            finish();
            return finished;
        }

        private void finish() {
            if (accountId != null) {
                finished.add(new PlayerState(accountId, stored, days));
            }
            accountId = null;
            stored = null;
            days = new TreeMap<>();
        }
    }
}
