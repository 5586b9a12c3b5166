package io.wager.consumer.store;

import io.wager.core.wager.ContentHash;
import io.wager.core.wager.WagerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The statements of one database. Every method runs in the caller's transaction, takes its rows in the order of their keys, and
 * is safe for many threads, each with its own connection.
 */
interface StoreDialect {

    /** Bounds how long the statements of this transaction wait for another's locks. */
    void limitLockWait(Connection connection, Duration timeout) throws SQLException;

    /** Has the statements that follow tell how many rows they changed, whatever those before have set. */
    void tellCounts(Connection connection) throws SQLException;

    /** Longest time of a statement that is not this dialect's own; -1 for none. */
    int queryTimeoutSeconds();

    /** The ids of those providers that exist, by name. */
    Map<String, Integer> findProviders(Connection connection, Collection<String> names) throws SQLException;

    /** Adds providers; fails with a duplicate key, or leaves out, those that another transaction added meanwhile. */
    void addProviders(Connection connection, Collection<String> names) throws SQLException;

    /** The ids of those games that exist. */
    Map<ProviderGame, Integer> findGames(Connection connection, Collection<ProviderGame> games) throws SQLException;

    /** Adds games; fails with a duplicate key, or leaves out, those that another transaction added meanwhile. */
    void addGames(Connection connection, Collection<ProviderGame> games) throws SQLException;

    /** How many of these games are there under their id, with their own name and their provider's. */
    int countGames(Connection connection, Collection<KnownGame> games) throws SQLException;

    /**
     * Inserts the wagers whose ids are not stored yet. Afterwards every id of the batch is stored, and no other transaction can
     * change that.
     *
     * @param gameIds the games of the rows, in their order
     * @return the contents of those that were stored before
     */
    Map<WagerId, ContentHash> insertNew(Connection connection, List<WagerRow> rows, int[] gameIds, Instant storedAt)
            throws SQLException;

    /** Adds those conflicts that are not recorded yet. */
    void recordConflicts(Connection connection, List<Conflict> conflicts, Instant seenAt) throws SQLException;

    /** Adds to the totals of players and settles their shown names; a player who is not there yet is added. */
    void addToPlayers(Connection connection, List<PlayerChange> changes) throws SQLException;

    /** Adds to the totals of players' days; a day that is not there yet is added. */
    void addToPlayerDays(Connection connection, List<PlayerDayChange> changes) throws SQLException;

    /**
     * A game of a provider that has an id already.
     *
     * @param providerId the provider
     * @param name the game's name
     */
    record ProviderGame(int providerId, String name) {}

    /**
     * Another content for a stored wagerId.
     *
     * @param wagerId the stored wager
     * @param content the content that is not stored
     */
    record Conflict(WagerId wagerId, ContentHash content) {}
}
