package io.wager.consumer.store;

import com.microsoft.sqlserver.jdbc.SQLServerDataTable;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement;
import io.wager.core.wager.Amounts;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.WagerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * SQL Server 2022: a batch travels as table-valued parameters, and each step is one set-based statement. The statements lock in
 * the order of the keys; docs/design/002-storing-a-batch.md says why they do not deadlock for good.
 */
final class SqlServerDialect implements StoreDialect {

    /** ISO 8601 with seven digits, which {@code DATETIME2(7)} reads the same in every language and date format. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS");

    private static final String FIND_PROVIDERS = """
            SELECT p.name, p.provider_id
            FROM ? AS asked
            JOIN provider AS p ON p.name_hash = asked.name_hash
            """;

    private static final String FIND_GAMES = """
            SELECT g.provider_id, g.name, g.game_id
            FROM ? AS asked
            JOIN game AS g ON g.name_hash = asked.name_hash AND g.provider_id = asked.provider_id
            """;

    private static final String COUNT_GAMES = """
            SELECT COUNT_BIG(*)
            FROM ? AS remembered
            JOIN game AS g WITH (FORCESEEK)
                ON g.game_id = remembered.game_id AND g.name_hash = remembered.name_hash
            JOIN provider AS p ON p.provider_id = g.provider_id AND p.name_hash = remembered.provider_name_hash
            """;

    private final String addProviders = resource("sqlserver-add-providers.sql");
    private final String addGames = resource("sqlserver-add-games.sql");
    private final String insertNewWagers = resource("sqlserver-insert-new-wagers.sql");
    private final String findWagers = resource("sqlserver-find-wagers.sql");
    private final String recordConflicts = resource("sqlserver-record-conflicts.sql");
    private final String addMissingPlayers = resource("sqlserver-add-missing-players.sql");
    private final String updatePlayers = resource("sqlserver-update-players.sql");
    private final String addMissingPlayerDays = resource("sqlserver-add-missing-player-days.sql");
    private final String updatePlayerDays = resource("sqlserver-update-player-days.sql");
    private final int queryTimeoutSeconds;

    SqlServerDialect(int queryTimeoutSeconds) {
        this.queryTimeoutSeconds = queryTimeoutSeconds;
    }

    @Override
    public void limitLockWait(Connection connection, Duration timeout) throws SQLException {
        try (var statement = connection.createStatement()) {
            // Takes no parameter; a number can't be anything else.
            statement.execute("SET LOCK_TIMEOUT " + timeout.toMillis());
        }
    }

    /** A server can be set to give no counts unless asked, and Babelfish keeps the setting of a statement for its session. */
    @Override
    public void tellCounts(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET NOCOUNT OFF");
        }
    }

    @Override
    public int queryTimeoutSeconds() {
        return queryTimeoutSeconds;
    }

    @Override
    public Map<String, Integer> findProviders(Connection connection, Collection<String> names) throws SQLException {
        var ids = new HashMap<String, Integer>();
        try (var statement = prepare(connection, FIND_PROVIDERS)) {
            setTable(statement, 1, "provider_batch", providerTable(names));
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
        update(connection, addProviders, "provider_batch", providerTable(names));
    }

    @Override
    public Map<ProviderGame, Integer> findGames(Connection connection, Collection<ProviderGame> games)
            throws SQLException {
        var ids = new HashMap<ProviderGame, Integer>();
        try (var statement = prepare(connection, FIND_GAMES)) {
            setTable(statement, 1, "game_batch", gameTable(games));
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
        update(connection, addGames, "game_batch", gameTable(games));
    }

    @Override
    public int countGames(Connection connection, Collection<KnownGame> games) throws SQLException {
        return counted(connection, COUNT_GAMES, "remembered_game_list", rememberedGameTable(games));
    }

    @Override
    public Map<WagerId, ContentHash> insertNew(
            Connection connection, List<WagerRow> rows, int[] gameIds, Instant storedAt) throws SQLException {
        var inserted = new HashSet<WagerId>();
        try (var statement = prepare(connection, insertNewWagers)) {
            statement.setString(1, timestamp(storedAt));
            setTable(statement, 2, "wager_batch", SqlServerWagerTable.of(rows, gameIds));
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    inserted.add(new WagerId(IdBytes.toUuid(result.getBytes(1))));
                }
            }
        }
        var known = rows.stream()
                .filter(row -> !inserted.contains(row.wager().wagerId()))
                .toList();
        return known.isEmpty() ? Map.of() : find(connection, known);
    }

    /** Their rows can't vanish: nothing deletes wagers, and this transaction holds locks on their keys. */
    private Map<WagerId, ContentHash> find(Connection connection, List<WagerRow> known) throws SQLException {
        var contents = new HashMap<WagerId, ContentHash>();
        try (var statement = prepare(connection, findWagers)) {
            var table = new SQLServerDataTable();
            addIdAndContentColumns(table);
            for (var row : known) {
                table.addRow(
                        IdBytes.of(row.wager().wagerId().value()), row.hash().bytes());
            }
            setTable(statement, 1, "wager_conflict_batch", table);
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    contents.put(
                            new WagerId(IdBytes.toUuid(result.getBytes(1))), ContentHash.ofBytes(result.getBytes(2)));
                }
            }
        }
        requireCount(known.size(), contents.size());
        return contents;
    }

    @Override
    public void recordConflicts(Connection connection, List<Conflict> conflicts, Instant seenAt) throws SQLException {
        var table = new SQLServerDataTable();
        addIdAndContentColumns(table);
        for (var conflict : conflicts) {
            table.addRow(
                    IdBytes.of(conflict.wagerId().value()), conflict.content().bytes());
        }
        try (var statement = prepare(connection, recordConflicts)) {
            statement.setString(1, timestamp(seenAt));
            setTable(statement, 2, "wager_conflict_batch", table);
            statement.executeUpdate();
        }
    }

    @Override
    public void addToPlayers(Connection connection, List<PlayerChange> changes) throws SQLException {
        var table = playerTable(changes);
        update(connection, addMissingPlayers, "player_batch", table);
        requireCount(changes.size(), counted(connection, updatePlayers, "player_batch", table));
    }

    @Override
    public void addToPlayerDays(Connection connection, List<PlayerDayChange> changes) throws SQLException {
        var table = playerDayTable(changes);
        update(connection, addMissingPlayerDays, "player_day_batch", table);
        requireCount(changes.size(), counted(connection, updatePlayerDays, "player_day_batch", table));
    }

    private static SQLServerDataTable providerTable(Collection<String> names) throws SQLServerException {
        var table = new SQLServerDataTable();
        table.addColumnMetadata("name_hash", Types.BINARY);
        table.addColumnMetadata("name", Types.NVARCHAR);
        for (var name : names) {
            table.addRow(Sha256.of(name), name);
        }
        return table;
    }

    private static SQLServerDataTable gameTable(Collection<ProviderGame> games) throws SQLServerException {
        var table = new SQLServerDataTable();
        table.addColumnMetadata("provider_id", Types.INTEGER);
        table.addColumnMetadata("name_hash", Types.BINARY);
        table.addColumnMetadata("name", Types.NVARCHAR);
        for (var game : games) {
            table.addRow(game.providerId(), Sha256.of(game.name()), game.name());
        }
        return table;
    }

    private static SQLServerDataTable rememberedGameTable(Collection<KnownGame> games) throws SQLServerException {
        var table = new SQLServerDataTable();
        table.addColumnMetadata("game_id", Types.INTEGER);
        table.addColumnMetadata("name_hash", Types.BINARY);
        table.addColumnMetadata("provider_name_hash", Types.BINARY);
        for (var game : games) {
            table.addRow(game.id(), game.nameHash(), game.providerNameHash());
        }
        return table;
    }

    private static void addIdAndContentColumns(SQLServerDataTable table) throws SQLServerException {
        table.addColumnMetadata("wager_id", Types.BINARY);
        table.addColumnMetadata("content_hash", Types.BINARY);
    }

    private static SQLServerDataTable playerTable(List<PlayerChange> changes) throws SQLServerException {
        var table = new SQLServerDataTable();
        table.addColumnMetadata("account_id", Types.BINARY);
        table.addColumnMetadata("username", Types.NVARCHAR);
        table.addColumnMetadata("username_created_at", Types.NVARCHAR);
        table.addColumnMetadata("username_wager_id", Types.BINARY);
        table.addColumnMetadata("total_amount", Types.DECIMAL);
        table.addColumnMetadata("wager_count", Types.BIGINT);
        for (var change : changes) {
            table.addRow(
                    IdBytes.of(change.accountId().value()),
                    change.username(),
                    timestamp(change.usernameCreatedAt()),
                    IdBytes.of(change.usernameWagerId().value()),
                    decimal(change.amount()),
                    change.count());
        }
        return table;
    }

    private static SQLServerDataTable playerDayTable(List<PlayerDayChange> changes) throws SQLServerException {
        var table = new SQLServerDataTable();
        table.addColumnMetadata("created_on", Types.NVARCHAR);
        table.addColumnMetadata("account_id", Types.BINARY);
        table.addColumnMetadata("total_amount", Types.DECIMAL);
        table.addColumnMetadata("wager_count", Types.BIGINT);
        for (var change : changes) {
            table.addRow(
                    DateTimeFormatter.ISO_LOCAL_DATE.format(change.createdOn()),
                    IdBytes.of(change.accountId().value()),
                    decimal(change.amount()),
                    change.count());
        }
        return table;
    }

    /** At the column's scale, so that the driver has nothing to guess from the values. */
    static BigDecimal decimal(BigDecimal amount) {
        return amount.setScale(Amounts.MAX_FRACTION_DIGITS);
    }

    static String timestamp(Instant instant) {
        return TIMESTAMP.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    private void update(Connection connection, String sql, String type, SQLServerDataTable table) throws SQLException {
        try (var statement = prepare(connection, sql)) {
            setTable(statement, 1, type, table);
            statement.executeUpdate();
        }
    }

    /** Also of a change the statement answers its count itself: whether the driver's is there depends on the session's NOCOUNT. */
    private int counted(Connection connection, String sql, String type, SQLServerDataTable table) throws SQLException {
        try (var statement = prepare(connection, sql)) {
            setTable(statement, 1, type, table);
            try (var result = statement.executeQuery()) {
                return result.next() ? result.getInt(1) : 0;
            }
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(queryTimeoutSeconds);
        return statement;
    }

    private static void setTable(PreparedStatement statement, int index, String type, SQLServerDataTable table)
            throws SQLException {
        statement.unwrap(SQLServerPreparedStatement.class).setStructured(index, type, table);
    }

    /** A statement that must reach every row and did not: the transaction may not commit. */
    private static void requireCount(int expected, int actual) throws SQLException {
        if (actual != expected) {
            throw new SQLException("a statement reached " + actual + " rows and not " + expected);
        }
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(SqlServerDialect.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
