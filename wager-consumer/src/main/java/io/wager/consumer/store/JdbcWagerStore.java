package io.wager.consumer.store;

import io.wager.consumer.store.GameIds.Game;
import io.wager.consumer.store.StoreDialect.Conflict;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Timestamps;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The store on a relational database: what happens in which order; the statements are the dialect's. */
final class JdbcWagerStore implements WagerStore {

    /** SQL state of a transaction that was rolled back and may be tried again; no more is said by it. */
    private static final String ROLLED_BACK = "40000";

    private final StoreTransactions transactions;
    private final GameIds gameIds;
    private final Clock clock;
    private final LostRaces races = new LostRaces();

    JdbcWagerStore(StoreTransactions transactions, GameIds gameIds, Clock clock) {
        this.transactions = transactions;
        this.gameIds = gameIds;
        this.clock = clock;
    }

    @Override
    public List<StoreOutcome> store(List<WagerRow> rows) {
        requireAscending(rows);
        if (rows.isEmpty()) {
            return List.of();
        }
        try {
            var games = gameIds.resolve(gamesOf(rows));
            var storedAt = Timestamps.truncate(clock.instant());
            var outcomes = transactions.execute((dialect, connection) -> {
                verify(dialect, connection, games.values());
                return store(dialect, connection, rows, gameIdsOf(rows, games), storedAt);
            });
            races.won(idsOf(rows));
            return outcomes;
        } catch (DataAccessException | TransactionException e) {
            gameIds.forget();
            throw new StoreException(
                    races.kindOf(e, idsOf(rows)), "a batch of " + rows.size() + " wagers was not stored", e);
        }
    }

    /**
     * An id that is another game's by now would put wagers under the wrong game. Nothing changes or deletes a game, so that what
     * is true here stays true for the transaction; a database that is restored ends every connection first.
     */
    private static void verify(StoreDialect dialect, Connection connection, Collection<KnownGame> games)
            throws SQLException {
        if (dialect.countGames(connection, games) != games.size()) {
            throw new SQLTransactionRollbackException(
                    "games have other ids than remembered: the database was restored, or is another one", ROLLED_BACK);
        }
    }

    @Override
    public void rehearse() {
        try {
            var rehearsal = new Rehearsal(clock);
            transactions.rehearse((dialect, connection) -> {
                var game = rehearsal.addGame(dialect, connection);
                verify(dialect, connection, List.of(game));
                return store(dialect, connection, rehearsal.rows(), new int[] {game.id()}, rehearsal.now());
            });
        } catch (DataAccessException | TransactionException e) {
            throw new StoreException(StoreException.Kind.of(e), "not even a made-up wager could be stored", e);
        }
    }

    private static List<StoreOutcome> store(
            StoreDialect dialect, Connection connection, List<WagerRow> rows, int[] gameIds, Instant storedAt)
            throws SQLException {
        var known = dialect.insertNew(connection, rows, gameIds, storedAt);
        var conflicts = conflicts(rows, known);
        if (!conflicts.isEmpty()) {
            dialect.recordConflicts(connection, conflicts, storedAt);
        }
        var inserted = inserted(rows, known);
        if (!inserted.isEmpty()) {
            dialect.addToPlayers(connection, PlayerChange.of(inserted));
            dialect.addToPlayerDays(connection, PlayerDayChange.of(inserted));
        }
        return new DeadLetterResolution(dialect, connection, storedAt).resolve(rows, outcomes(rows, known));
    }

    private static Set<Game> gamesOf(List<WagerRow> rows) {
        return rows.stream().map(row -> gameOf(row.wager())).collect(Collectors.toSet());
    }

    private static int[] gameIdsOf(List<WagerRow> rows, Map<Game, KnownGame> games) {
        return rows.stream()
                .mapToInt(row ->
                        Objects.requireNonNull(games.get(gameOf(row.wager()))).id())
                .toArray();
    }

    private static List<WagerId> idsOf(List<WagerRow> rows) {
        return rows.stream().map(row -> row.wager().wagerId()).toList();
    }

    private static Game gameOf(Wager wager) {
        return new Game(wager.provider(), wager.gameName());
    }

    private static List<Wager> inserted(List<WagerRow> rows, Map<WagerId, ContentHash> known) {
        return rows.stream()
                .map(WagerRow::wager)
                .filter(wager -> !known.containsKey(wager.wagerId()))
                .toList();
    }

    /** Everything that came and is not what is stored, once each. */
    private static List<Conflict> conflicts(List<WagerRow> rows, Map<WagerId, ContentHash> known) {
        var conflicts = new ArrayList<Conflict>();
        for (var row : rows) {
            var id = row.wager().wagerId();
            var stored = known.getOrDefault(id, row.hash());
            if (row.otherContents().isEmpty() && row.hash().equals(stored)) {
                continue;
            }
            var contents = new LinkedHashSet<ContentHash>();
            contents.add(row.hash());
            contents.addAll(row.otherContents());
            contents.remove(stored);
            contents.forEach(content -> conflicts.add(new Conflict(id, content)));
        }
        return conflicts;
    }

    private static List<StoreOutcome> outcomes(List<WagerRow> rows, Map<WagerId, ContentHash> known) {
        return rows.stream()
                .map(row -> {
                    var stored = known.get(row.wager().wagerId());
                    return stored == null ? new StoreOutcome(true, row.hash()) : new StoreOutcome(false, stored);
                })
                .toList();
    }

    private static void requireAscending(List<WagerRow> rows) {
        for (var i = 1; i < rows.size(); i++) {
            var previous = rows.get(i - 1).wager().wagerId();
            if (previous.compareTo(rows.get(i).wager().wagerId()) >= 0) {
                throw new IllegalArgumentException("wagerIds must be distinct and ascending: " + previous);
            }
        }
    }
}
