package io.wager.consumer.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.wager.consumer.store.StoreDialect.ProviderGame;
import io.wager.service.database.DatabaseFaults;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.dao.DataAccessException;

/**
 * The ids of games and, on the way, of their providers. Names that are new get an id in short transactions of their own, before
 * the batch's: they harm nobody if the batch fails, and no batch waits for another's names. Remembered only once committed.
 */
final class GameIds {

    /** Each lost race means that someone else added a name; after the next look it is there. */
    private static final int ATTEMPTS = 5;

    private final StoreTransactions transactions;
    private final Cache<Game, KnownGame> remembered;

    GameIds(StoreTransactions transactions, int capacity) {
        this.transactions = transactions;
        this.remembered = Caffeine.newBuilder().maximumSize(capacity).build();
    }

    /**
     * The ids of games, each of which exists afterwards. What is remembered may be of another time, since a database can be restored
     * under a consumer that idles and sees no failure: whoever stores under these ids verifies them in the same transaction.
     */
    Map<Game, KnownGame> resolve(Set<Game> games) {
        var ids = new HashMap<>(remembered.getAllPresent(games));
        if (ids.size() < games.size()) {
            var unknown = new HashSet<>(games);
            unknown.removeAll(ids.keySet());
            var found = lookUp(unknown);
            remembered.putAll(found);
            ids.putAll(found);
        }
        return ids;
    }

    /** Forgets everything: after a failure, the database may be another one than before. */
    void forget() {
        remembered.invalidateAll();
    }

    private Map<Game, KnownGame> lookUp(Set<Game> games) {
        var providerNames = new TreeSet<String>();
        games.forEach(game -> providerNames.add(game.provider()));
        var providerIds = ids(providerNames, StoreDialect::findProviders, StoreDialect::addProviders);
        var keys = new HashMap<ProviderGame, Game>();
        games.forEach(game -> keys.put(new ProviderGame(idOf(game.provider(), providerIds), game.name()), game));
        var gameIds = ids(keys.keySet(), StoreDialect::findGames, StoreDialect::addGames);
        var found = new HashMap<Game, KnownGame>();
        keys.forEach((key, game) -> found.put(game, KnownGame.of(idOf(key, gameIds), game)));
        return found;
    }

    private <K> Map<K, Integer> ids(Set<K> keys, Find<K> find, Add<K> add) {
        for (var attempt = 1; ; attempt++) {
            try {
                return transactions.execute((dialect, connection) -> {
                    var ids = new HashMap<>(find.find(dialect, connection, keys));
                    if (ids.size() < keys.size()) {
                        var missing = new HashSet<>(keys);
                        missing.removeAll(ids.keySet());
                        add.add(dialect, connection, missing);
                        ids.putAll(find.find(dialect, connection, missing));
                    }
                    return ids;
                });
            } catch (DataAccessException e) {
                if (attempt == ATTEMPTS || !DatabaseFaults.isDuplicateKey(e)) {
                    throw e;
                }
            }
        }
    }

    private static <K> int idOf(K key, Map<K, Integer> ids) {
        var id = ids.get(key);
        if (id == null) {
            throw new IllegalStateException("a name that was just added is not there");
        }
        return id;
    }

    /**
     * A game as wagers name it.
     *
     * @param provider the provider's name
     * @param name the game's name, unique within the provider
     */
    record Game(String provider, String name) {}

    private interface Find<K> {
        Map<K, Integer> find(StoreDialect dialect, Connection connection, Collection<K> keys) throws SQLException;
    }

    private interface Add<K> {
        void add(StoreDialect dialect, Connection connection, Collection<K> keys) throws java.sql.SQLException;
    }
}
