package io.wager.api.database;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database's error means for a request. Coarser than what the consumer asks of the same errors, which it has to sort into
 * those of a wager and those of the system: here nearly all are the system's.
 *
 * @param kind what it means
 * @param error the error; its message may have SQL in it
 */
public record DatabaseFailure(Kind kind, SQLException error) {

    /** SQL Server: deadlock, lock timeout, snapshot conflicts. H2: lock timeout, deadlock, a row changed in between. */
    private static final Set<Integer> BUSY_CODES = Set.of(1205, 1222, 3960, 3961, 50200, 40001, 90131);

    /**
     * SQL Server: no right; no such database, schema, table, column, type, function, or none that this user may see; other columns
     * or types than expected. H2: no right, no such schema, function, sequence, view.
     */
    private static final Set<Integer> MISCONFIGURED_CODES = Set.of(
            229, 230, 262, 297, 300, 916, 15151, 15247, 207, 208, 209, 213, 206, 334, 911, 1088, 2715, 2760, 2812, 4104,
            4121, 4413, 90096, 90040, 90079, 90022, 90036, 90037, 90109);

    /** SQL Server: duplicate keys, other constraints, overflow, truncation, conversion, NULL. */
    private static final Set<Integer> REFUSED_CODES =
            Set.of(2601, 2627, 547, 515, 220, 241, 242, 245, 248, 2628, 8114, 8115, 8152);

    /** H2: the database or the connection was closed, the object was, the connection is broken. */
    private static final Set<Integer> CLOSED_CODES = Set.of(90121, 90098, 90007, 90067);

    /** Classes of SQL states: connection, authorisation, resources, operator, system. */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "28", "53", "57", "58");

    private static final Set<String> TIMEOUT_STATES = Set.of("HYT00", "HYT01");
    private static final Set<String> REFUSED_CLASSES = Set.of("22", "23");
    private static final int LONGEST_CHAIN = 100;

    /**
     * Looks for an error of the database among an exception's causes.
     *
     * @param exception any exception
     * @return what the first one means; null if there is none
     */
    public static @Nullable DatabaseFailure of(Throwable exception) {
        var cause = exception;
        for (var depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
            if (cause instanceof SQLException error) {
                return new DatabaseFailure(kindOf(error), error);
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Whether the connection is to be thrown away: it is closed, or nobody knows what is wrong with it. */
    boolean isOfTheConnection() {
        return CLOSED_CODES.contains(error.getErrorCode())
                || (kind == Kind.UNKNOWN && !(error instanceof SQLFeatureNotSupportedException));
    }

    /** For the log: what is known of it, and no text. */
    String facts() {
        return "kind=" + kind + " code=" + error.getErrorCode() + " sqlState=" + error.getSQLState() + " cause="
                + error.getClass().getSimpleName();
    }

    private static Kind kindOf(SQLException error) {
        var code = error.getErrorCode();
        var stateClass = stateClass(error);
        if (BUSY_CODES.contains(code) || stateClass.equals("40") || error instanceof SQLTransactionRollbackException) {
            return Kind.BUSY;
        }
        if (MISCONFIGURED_CODES.contains(code)) {
            return Kind.MISCONFIGURED;
        }
        if (CLOSED_CODES.contains(code) || isAwayByState(error)) {
            return Kind.AWAY;
        }
        if (stateClass.equals("42") || error instanceof SQLSyntaxErrorException) {
            return Kind.MISCONFIGURED;
        }
        var isRefused = REFUSED_CODES.contains(code)
                || REFUSED_CLASSES.contains(stateClass)
                || error instanceof SQLDataException
                || error instanceof SQLIntegrityConstraintViolationException;
        return isRefused ? Kind.REFUSED : Kind.UNKNOWN;
    }

    private static boolean isAwayByState(SQLException error) {
        return AWAY_CLASSES.contains(stateClass(error))
                || TIMEOUT_STATES.contains(Objects.requireNonNullElse(error.getSQLState(), ""))
                || error instanceof SQLTransientException
                || error instanceof SQLRecoverableException
                || error instanceof SQLNonTransientConnectionException
                || error instanceof SQLInvalidAuthorizationSpecException;
    }

    /** SQL Server's driver also makes up states such as S0001, which have no class. */
    private static String stateClass(SQLException error) {
        var state = error.getSQLState();
        return state != null && state.length() == 5 ? state.substring(0, 2) : "";
    }

    /** What an error means. */
    public enum Kind {
        /** The database is away, or too slow. */
        AWAY,
        /** Others were in the way. */
        BUSY,
        /** A right, an object or a column is missing, until somebody puts that right. */
        MISCONFIGURED,
        /** What was to be written, or compared, does not fit: a fault of the service. */
        REFUSED,
        /** Nobody knows. */
        UNKNOWN;

        /** Whether the same request may succeed later, unchanged. */
        public boolean isPassing() {
            return this != REFUSED;
        }
    }
}
