package io.wager.bench.speed.drain;

import io.wager.bench.speed.store.StoreDatabase;
import io.wager.bench.speed.store.StoredRows;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The limit of the drain: prepared rows into the real table by JDBC batches, each committed. No queue, no duplicates, no
 * totals. Used by one thread.
 */
final class PlainInsert {

    private static final String INSERT = """
            INSERT INTO wager (wager_id, account_id, username, game_id, theme, amount, created_at, transaction_id, brand_id,
                external_reference_id, transaction_type_id, number_of_bets, country_code, session_data, duration_millis,
                content_hash, stored_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final int STORED_AT = 17;

    private final StoreDatabase database;
    private final int batchSize;
    private final Map<List<String>, Integer> games = new HashMap<>();

    /**
     * An insert.
     *
     * @param database that has the schema, and no games but those that this adds
     * @param batchSize rows in one transaction
     */
    PlainInsert(StoreDatabase database, int batchSize) {
        this.database = database;
        this.batchSize = batchSize;
    }

    /**
     * Stores rows that are not stored yet.
     *
     * @param wagers each once
     * @param connections at once
     * @return how they came into the table
     */
    StoredRows store(List<Wager> wagers, int connections) throws SQLException, InterruptedException {
        try (var connection = database.connect()) {
            var batches = batches(connection, wagers);
            var before = StoredRows.lastSequence(connection);
            try (var threads = Executors.newFixedThreadPool(connections)) {
                List<Future<?>> running = new ArrayList<>();
                for (var i = 0; i < connections; i++) {
                    var first = i;
                    running.add(threads.submit(() -> {
                        insert(batches, first, connections);
                        return null;
                    }));
                }
                for (var one : running) {
                    one.get();
                }
            } catch (ExecutionException failure) {
                throw new SQLException("the plain insert failed", failure.getCause());
            }
            return StoredRows.since(connection, before);
        }
    }

    private void insert(List<List<@Nullable Object[]>> batches, int first, int step) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            for (var batch = first; batch < batches.size(); batch += step) {
                var storedAt = LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC);
                for (var row : batches.get(batch)) {
                    for (var column = 0; column < row.length; column++) {
                        statement.setObject(column + 1, row[column]);
                    }
                    statement.setObject(STORED_AT, storedAt);
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            }
        }
    }

    /** Sorted by id within a batch, as the consumer writes them. */
    private List<List<@Nullable Object[]>> batches(Connection connection, List<Wager> wagers) throws SQLException {
        List<List<@Nullable Object[]>> batches = new ArrayList<>();
        for (var from = 0; from < wagers.size(); from += batchSize) {
            var sorted = new ArrayList<>(wagers.subList(from, Math.min(from + batchSize, wagers.size())));
            sorted.sort((one, other) -> one.wagerId().compareTo(other.wagerId()));
            List<@Nullable Object[]> batch = new ArrayList<>(sorted.size());
            for (var wager : sorted) {
                batch.add(row(wager, game(connection, wager)));
            }
            batches.add(batch);
        }
        return batches;
    }

    private static @Nullable Object[] row(Wager wager, int game) {
        return new @Nullable Object[] {
            bytes(wager.wagerId().value()),
            bytes(wager.accountId().value()),
            wager.username(),
            game,
            wager.theme(),
            wager.amount(),
            LocalDateTime.ofInstant(wager.createdDateTime(), ZoneOffset.UTC),
            bytes(wager.transactionId()),
            bytes(wager.brandId()),
            bytes(wager.externalReferenceId()),
            bytes(wager.transactionTypeId()),
            wager.numberOfBets(),
            wager.countryCode(),
            wager.sessionData(),
            wager.durationMillis(),
            ContentHash.of(wager).bytes()
        };
    }

    private int game(Connection connection, Wager wager) throws SQLException {
        var known = games.get(List.of(wager.provider(), wager.gameName()));
        if (known != null) {
            return known;
        }
        var provider = games.get(List.of(wager.provider()));
        if (provider == null) {
            provider = add(connection, "INSERT INTO provider (name, name_hash) VALUES (?, ?)", wager.provider(), null);
            games.put(List.of(wager.provider()), provider);
        }
        var game = add(
                connection,
                "INSERT INTO game (name, name_hash, provider_id) VALUES (?, ?, ?)",
                wager.gameName(),
                provider);
        games.put(List.of(wager.provider(), wager.gameName()), game);
        return game;
    }

    private static int add(Connection connection, String sql, String name, @Nullable Integer provider)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            statement.setString(1, name);
            statement.setBytes(2, sha256(name));
            if (provider != null) {
                statement.setInt(3, provider);
            }
            statement.executeUpdate();
            try (var keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getInt(1);
            }
        }
    }

    private static byte @Nullable [] bytes(@Nullable UUID id) {
        return id == null
                ? null
                : ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
