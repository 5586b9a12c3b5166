package io.wager.consumer.watchdog;

import java.time.Duration;

/** The longest that one step of a batch can take while every time limit under it holds. */
final class TransactionDeadline {

    /** Of the store's: eight for the ids of new names, twelve for the batch. The archive's has fewer. */
    private static final int STATEMENTS = 20;

    /** The two lookups of names and the batch have one each. */
    private static final int CONNECTIONS = 3;

    /** For a wait between two tries, for a server that no longer answers and for a commit: the socket's limit is in the JDBC URL. */
    private static final Duration ALLOWANCE = Duration.ofMinutes(2);

    private TransactionDeadline() {}

    /**
     * Adds the limits up.
     *
     * @param connection longest wait for a connection
     * @param statement longest time of a statement
     * @param lock longest wait for a lock
     */
    static Duration of(Duration connection, Duration statement, Duration lock) {
        var longest = statement.compareTo(lock) > 0 ? statement : lock;
        return longest.multipliedBy(STATEMENTS)
                .plus(connection.multipliedBy(CONNECTIONS))
                .plus(ALLOWANCE);
    }
}
