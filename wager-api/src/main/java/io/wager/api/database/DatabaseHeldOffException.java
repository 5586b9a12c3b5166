package io.wager.api.database;

import java.sql.SQLTransientConnectionException;

/** The database was away a moment ago and is not used now. Spring sees it as a database that can't be connected to. */
public final class DatabaseHeldOffException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1;

    private final int retryAfterSeconds;

    DatabaseHeldOffException(String breaker, int retryAfterSeconds) {
        super("the database was away a moment ago, the circuit breaker " + breaker + " is open");
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /**
     * About how long the database is not used.
     *
     * @return seconds, from 1
     */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
