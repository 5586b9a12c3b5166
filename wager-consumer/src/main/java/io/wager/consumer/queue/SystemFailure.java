package io.wager.consumer.queue;

import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why the database takes nothing, told without any message: those hold SQL and the values of rows.
 *
 * @param kind a kind that pauses
 * @param cause the class of the innermost cause, without its package
 * @param code the database's error code; 0 if there is none
 * @param sqlState the SQL state; null if there is none
 */
record SystemFailure(
        Kind kind, String cause, int code, @Nullable String sqlState) {

    private static final int LONGEST_CHAIN = 100;

    /** The kinds that pause, as health, meters and the log call them. */
    static final Map<Kind, String> KINDS =
            Map.of(Kind.OUTAGE, "outage", Kind.MISCONFIGURED, "misconfigured", Kind.SYSTEM, "unknown-system-failure");

    static SystemFailure of(StoreException failure) {
        Throwable innermost = failure;
        SQLException told = null;
        for (var i = 0; innermost.getCause() != null && i < LONGEST_CHAIN; i++) {
            innermost = innermost.getCause();
            if (innermost instanceof SQLException e) {
                told = e;
            }
        }
        return new SystemFailure(
                failure.kind(),
                innermost.getClass().getSimpleName(),
                told == null ? 0 : told.getErrorCode(),
                told == null ? null : told.getSQLState());
    }

    String kindName() {
        return KINDS.getOrDefault(kind, "");
    }
}
