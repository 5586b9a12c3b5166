package io.wager.bench.speed.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Wagers as a year may have left them, made by the database itself: random ids, {@value #PLAYERS} players, times over a year.
 * The first player has one of every hundred, besides its share. Players of a generated stream are others.
 */
public final class Prefill {

    /** How many players the wagers have. */
    public static final int PLAYERS = 1_000;

    private static final int CHUNK = 20_000;
    private static final String FIRST = "00000000-0000-4000-8000-000000000000";
    private static final String LAST = "00000000-0000-4000-8000-000000999999";

    // Multipliers that have no divisor in common with what they are reduced by scatter a running number.
    private static final String INSERT = """
            INSERT INTO wager (wager_id, account_id, username, game_id, theme, amount, created_at, transaction_id, brand_id,
                external_reference_id, transaction_type_id, number_of_bets, country_code, session_data, duration_millis,
                content_hash, stored_at)
            SELECT id, CAST(CAST('00000000-0000-4000-8000-' || LPAD(CAST(player AS VARCHAR), 12, '0') AS UUID) AS BINARY(16)),
                'stored-' || player, game, 'theme', CAST(10 + MOD(x * 7907, 4999000) / 100.0 AS DECIMAL(33, 18)),
                DATEADD(SECOND, MOD(x * 104729, 31536000), TIMESTAMP '2025-01-01 00:00:00'),
                id, id, id, id, 1, 'ZA', LPAD(CAST(x AS VARCHAR), 300, '-'), 1000,
                X'01' || HASH('SHA-256', CAST(x AS VARCHAR)), LOCALTIMESTAMP
            FROM (
                SELECT x, CAST(HASH('MD5', CAST(x AS VARCHAR)) AS BINARY(16)) AS id,
                    CASE WHEN MOD(x, 100) = 0 THEN 0 ELSE MOD(x * 7919, 1000) END AS player,
                    (SELECT MIN(game_id) FROM game) AS game
                FROM SYSTEM_RANGE(CAST(? AS BIGINT), CAST(? AS BIGINT)))
            """;

    private static final String ADD_PLAYERS = """
            INSERT INTO player (account_id, username, username_created_at, username_wager_id, total_amount, wager_count)
            SELECT account_id, MAX(username), MAX(created_at),
                ARRAY_AGG(wager_id ORDER BY created_at DESC, wager_id DESC)[1], SUM(amount), COUNT(*)
            FROM wager
            WHERE account_id BETWEEN CAST(CAST(? AS UUID) AS BINARY(16)) AND CAST(CAST(? AS UUID) AS BINARY(16))
            GROUP BY account_id
            """;

    private static final String ADD_PLAYER_DAYS = """
            INSERT INTO player_day (created_on, account_id, total_amount, wager_count)
            SELECT CAST(created_at AS DATE), account_id, SUM(amount), COUNT(*)
            FROM wager
            WHERE account_id BETWEEN CAST(CAST(? AS UUID) AS BINARY(16)) AND CAST(CAST(? AS UUID) AS BINARY(16))
            GROUP BY CAST(created_at AS DATE), account_id
            """;

    private Prefill() {}

    /**
     * The player with the longest history.
     *
     * @return its accountId
     */
    public static UUID firstPlayer() {
        return UUID.fromString(FIRST);
    }

    /**
     * Adds wagers, and builds these players' totals anew.
     *
     * @param connection to a database that has the schema; nobody else may write
     * @param before how many were added before, from 0
     * @param after how many there shall be
     */
    public static void fill(Connection connection, int before, int after) throws SQLException {
        if (after <= before) {
            return;
        }
        try (var statement = connection.createStatement()) {
            addGame(connection);
            // A crash may take these rows; waiting for the disk would cost most of the time.
            statement.execute("SET WRITE_DELAY 500");
            var indexes = WagerIndexes.drop(connection);
            try (var insert = connection.prepareStatement(INSERT)) {
                for (var first = before + 1; first <= after; first += CHUNK) {
                    insert.setLong(1, first);
                    insert.setLong(2, Math.min(after, first + CHUNK - 1));
                    insert.executeUpdate();
                }
            }
            WagerIndexes.create(connection, indexes);
            ofPlayers(
                    connection,
                    "DELETE FROM player WHERE account_id BETWEEN CAST(CAST(? AS UUID) AS BINARY(16))"
                            + " AND CAST(CAST(? AS UUID) AS BINARY(16))");
            ofPlayers(
                    connection,
                    "DELETE FROM player_day WHERE account_id BETWEEN CAST(CAST(? AS UUID) AS BINARY(16))"
                            + " AND CAST(CAST(? AS UUID) AS BINARY(16))");
            ofPlayers(connection, ADD_PLAYERS);
            ofPlayers(connection, ADD_PLAYER_DAYS);
            statement.execute("ANALYZE");
            statement.execute("CHECKPOINT SYNC");
            statement.execute("SET WRITE_DELAY 0");
        }
    }

    private static void addGame(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var games = statement.executeQuery("SELECT 1 FROM game")) {
            if (games.next()) {
                return;
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO provider (name, name_hash) VALUES ('stored', HASH('SHA-256', 'stored'))");
            statement.execute("INSERT INTO game (provider_id, name, name_hash)"
                    + " SELECT provider_id, 'stored', HASH('SHA-256', 'stored') FROM provider");
        }
    }

    private static void ofPlayers(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, FIRST);
            statement.setString(2, LAST);
            statement.executeUpdate();
        }
    }
}
