package io.wager.api.database;

import java.sql.SQLTransientConnectionException;

/** The database was away a moment ago and is not asked now. To Spring it is one that can't be connected to. */
public final class DatabaseHeldOffException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1;

    private final int retryAfterSeconds;

    DatabaseHeldOffException(String breaker, int retryAfterSeconds) {
        super("the database was away a moment ago, the circuit breaker " + breaker + " is open");
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /**
     * For how long the database is not asked, about.
     *
     * @return seconds, from 1
     */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
