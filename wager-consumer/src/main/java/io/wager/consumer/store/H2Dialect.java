package io.wager.consumer.store;

import io.wager.core.wager.ContentHash;
import io.wager.core.wager.WagerId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * H2: sets by array parameters. A lost race for a key fails with 23505 and is the caller's to repeat.
 */
final class H2Dialect implements StoreDialect {

    private static final String FIND_PROVIDERS = """
            SELECT p.name, p.provider_id
            FROM UNNEST(CAST(? AS BINARY(32) ARRAY)) AS asked(name_hash)
            JOIN provider p ON p.name_hash = asked.name_hash
            """;

    private static final String ADD_PROVIDER = "INSERT INTO provider (name, name_hash) VALUES (?, ?)";

    private static final String FIND_GAMES = """
            SELECT g.provider_id, g.name, g.game_id
            FROM UNNEST(CAST(? AS BINARY(32) ARRAY), CAST(? AS INT ARRAY)) AS asked(name_hash, provider_id)
            JOIN game g ON g.name_hash = asked.name_hash AND g.provider_id = asked.provider_id
            """;

    private static final String ADD_GAME = "INSERT INTO game (provider_id, name, name_hash) VALUES (?, ?, ?)";

    private static final String COUNT_GAMES = """
            SELECT COUNT(*)
            FROM UNNEST(CAST(? AS INT ARRAY), CAST(? AS BINARY(32) ARRAY), CAST(? AS BINARY(32) ARRAY))
                AS remembered(game_id, name_hash, provider_name_hash)
            JOIN game g ON g.game_id = remembered.game_id
            JOIN provider p ON p.provider_id = g.provider_id
            WHERE g.name_hash = remembered.name_hash AND p.name_hash = remembered.provider_name_hash
            """;

    /** As many as H2's client sends with one write, for the reason that {@link H2Rows} has. */
    private static final int GAMES_A_STATEMENT = 500;

    private static final String ADD_CONFLICT = """
            INSERT INTO wager_conflict (wager_id, content_hash, first_seen_at)
            SELECT wager_id, content_hash, first_seen_at
            FROM (VALUES (CAST(? AS BINARY(16)), CAST(? AS BINARY(33)), CAST(? AS TIMESTAMP(7))))
                AS seen(wager_id, content_hash, first_seen_at)
            WHERE NOT EXISTS (
                SELECT 1 FROM wager_conflict c
                WHERE c.wager_id = seen.wager_id AND c.content_hash = seen.content_hash)
            """;

    /**
     * One statement for the whole batch: a statement for each player costs more than the player. The newest wager of a batch is
     * seldom the player's newest, hence the cases.
     */
    private static final String ADD_TO_PLAYERS = """
            MERGE INTO player p
            USING UNNEST(
                CAST(? AS BINARY(16) ARRAY), CAST(? AS VARCHAR(100) ARRAY), CAST(? AS TIMESTAMP(7) ARRAY),
                CAST(? AS BINARY(16) ARRAY), CAST(? AS DECIMAL(38, 18) ARRAY), CAST(? AS BIGINT ARRAY))
                AS c(account_id, username, created_at, wager_id, amount, wagers)
            ON p.account_id = c.account_id
            WHEN MATCHED THEN UPDATE SET
                total_amount = p.total_amount + c.amount,
                wager_count = p.wager_count + c.wagers,
                username = CASE WHEN (c.created_at, c.wager_id) > (p.username_created_at, p.username_wager_id)
                    THEN c.username ELSE p.username END,
                username_wager_id = CASE WHEN (c.created_at, c.wager_id) > (p.username_created_at, p.username_wager_id)
                    THEN c.wager_id ELSE p.username_wager_id END,
                username_created_at = GREATEST(c.created_at, p.username_created_at)
            WHEN NOT MATCHED THEN
                INSERT (account_id, username, username_created_at, username_wager_id, total_amount, wager_count)
                VALUES (c.account_id, c.username, c.created_at, c.wager_id, c.amount, c.wagers)
            """;

    private static final String ADD_TO_PLAYER_DAYS = """
            MERGE INTO player_day d
            USING UNNEST(
                CAST(? AS DATE ARRAY), CAST(? AS BINARY(16) ARRAY), CAST(? AS DECIMAL(38, 18) ARRAY), CAST(? AS BIGINT ARRAY))
                AS c(created_on, account_id, amount, wagers)
            ON d.created_on = c.created_on AND d.account_id = c.account_id
            WHEN MATCHED THEN UPDATE SET
                total_amount = d.total_amount + c.amount,
                wager_count = d.wager_count + c.wagers
            WHEN NOT MATCHED THEN
                INSERT (created_on, account_id, total_amount, wager_count)
                VALUES (c.created_on, c.account_id, c.amount, c.wagers)
            """;

    @Override
    public void limitLockWait(Connection connection, Duration timeout) throws SQLException {
        try (var statement = connection.prepareStatement("SET LOCK_TIMEOUT ?")) {
            statement.setLong(1, timeout.toMillis());
            statement.execute();
        }
    }

    /** Nothing to do: it always does. */
    @Override
    public void tellCounts(Connection connection) {}

    /** None: H2 keeps it for the connection, not for the statement. */
    @Override
    public int queryTimeoutSeconds() {
        return -1;
    }

    @Override
    public Map<String, Integer> findProviders(Connection connection, Collection<String> names) throws SQLException {
        var ids = new HashMap<String, Integer>();
        try (var statement = connection.prepareStatement(FIND_PROVIDERS)) {
            statement.setObject(1, names.stream().map(Sha256::of).toArray());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.put(rows.getString(1), rows.getInt(2));
                }
            }
        }
        return ids;
    }

    @Override
    public void addProviders(Connection connection, Collection<String> names) throws SQLException {
        executeEach(connection, ADD_PROVIDER, List.copyOf(names), (statement, name) -> {
            statement.setString(1, name);
            statement.setBytes(2, Sha256.of(name));
        });
    }

    @Override
    public Map<ProviderGame, Integer> findGames(Connection connection, Collection<ProviderGame> games)
            throws SQLException {
        var ids = new HashMap<ProviderGame, Integer>();
        var asked = List.copyOf(games);
        try (var statement = connection.prepareStatement(FIND_GAMES)) {
            statement.setObject(
                    1, asked.stream().map(game -> Sha256.of(game.name())).toArray());
            statement.setObject(2, asked.stream().map(ProviderGame::providerId).toArray());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.put(new ProviderGame(rows.getInt(1), rows.getString(2)), rows.getInt(3));
                }
            }
        }
        return ids;
    }

    @Override
    public void addGames(Connection connection, Collection<ProviderGame> games) throws SQLException {
        executeEach(connection, ADD_GAME, List.copyOf(games), (statement, game) -> {
            statement.setInt(1, game.providerId());
            statement.setString(2, game.name());
            statement.setBytes(3, Sha256.of(game.name()));
        });
    }

    @Override
    public int countGames(Connection connection, Collection<KnownGame> games) throws SQLException {
        var all = List.copyOf(games);
        var count = 0;
        try (var statement = connection.prepareStatement(COUNT_GAMES)) {
            for (var from = 0; from < all.size(); from += GAMES_A_STATEMENT) {
                var part = all.subList(from, Math.min(all.size(), from + GAMES_A_STATEMENT));
                statement.setObject(1, part.stream().map(KnownGame::id).toArray());
                statement.setObject(2, part.stream().map(KnownGame::nameHash).toArray());
                statement.setObject(
                        3, part.stream().map(KnownGame::providerNameHash).toArray());
                try (var result = statement.executeQuery()) {
                    count += result.next() ? result.getInt(1) : 0;
                }
            }
        }
        return count;
    }

    @Override
    public Map<WagerId, ContentHash> insertNew(
            Connection connection, List<WagerRow> rows, int[] gameIds, Instant storedAt) throws SQLException {
        return H2WagerTable.insertNew(connection, rows, gameIds, storedAt);
    }

    @Override
    public void recordConflicts(Connection connection, List<Conflict> conflicts, Instant seenAt) throws SQLException {
        executeEach(connection, ADD_CONFLICT, conflicts, (statement, conflict) -> {
            statement.setBytes(1, IdBytes.of(conflict.wagerId().value()));
            statement.setBytes(2, conflict.content().bytes());
            statement.setObject(3, local(seenAt));
        });
    }

    @Override
    public void addToPlayers(Connection connection, List<PlayerChange> changes) throws SQLException {
        H2Rows.update(
                connection,
                ADD_TO_PLAYERS,
                List.of(),
                changes.stream()
                        .map(change -> new @Nullable Object[] {
                            IdBytes.of(change.accountId().value()),
                            change.username(),
                            local(change.usernameCreatedAt()),
                            IdBytes.of(change.usernameWagerId().value()),
                            change.amount(),
                            change.count()
                        })
                        .toList());
    }

    @Override
    public void addToPlayerDays(Connection connection, List<PlayerDayChange> changes) throws SQLException {
        H2Rows.update(
                connection,
                ADD_TO_PLAYER_DAYS,
                List.of(),
                changes.stream()
                        .map(change -> new @Nullable Object[] {
                            change.createdOn(), IdBytes.of(change.accountId().value()), change.amount(), change.count()
                        })
                        .toList());
    }

    private static <T> void executeEach(Connection connection, String sql, List<T> items, Binder<T> binder)
            throws SQLException {
        if (items.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (var item : items) {
                binder.bind(statement, item);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** A time as H2 takes it: in UTC, without saying so. */
    static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private interface Binder<T> {
        void bind(PreparedStatement statement, T item) throws SQLException;
    }
}
