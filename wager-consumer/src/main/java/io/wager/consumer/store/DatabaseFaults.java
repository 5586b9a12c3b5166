package io.wager.consumer.store;

import io.wager.consumer.store.StoreException.Kind;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * The one place that says what a database's error means for the wagers in hand. It asks the
 * vendor's code, the SQL state and the type of the exception, since each is missing somewhere.
 *
 * <p>Missing tables, permissions and syntax errors are the environment's fault, not the wager's: they are waited out as well.
 */
public final class DatabaseFaults {

    private static final Set<Integer> DUPLICATE_KEY_CODES = Set.of(
            2601, 2627, // SQL Server: unique index, unique constraint
            23505); // H2

    /** Another transaction got in between. */
    private static final Set<Integer> CONTENTION_CODES = Set.of(
            1205, 1222, 3960, 3961, // SQL Server: deadlock, lock timeout, snapshot conflicts
            50200, 40001); // H2: lock timeout, deadlock

    /** The server can't now. */
    private static final Set<Integer> OUTAGE_CODES = Set.of(
            // SQL Server: no memory for locks or anything else, a killed session.
            1204,
            701,
            802,
            8645,
            8651,
            596,
            // SQL Server: out of log or disk, read-only, I/O errors, offline, suspect, restoring, recovering, secondary
            // replica, shutting down, not ready.
            9002,
            1101,
            1105,
            3906,
            823,
            824,
            825,
            921,
            922,
            923,
            924,
            926,
            927,
            942,
            945,
            952,
            976,
            978,
            983,
            6005,
            17142,
            17187,
            // SQL Server: login and database not (yet) there, or not let in.
            18456,
            18401,
            18451,
            18461,
            18470,
            18486,
            18487,
            18488,
            4060,
            4064,
            916,
            // SQL Server: network, as the server reports it.
            20,
            64,
            233,
            10053,
            10054,
            10060,
            // Azure SQL: reconfiguration and throttling.
            615,
            4221,
            10928,
            10929,
            40197,
            40501,
            40540,
            40544,
            40549,
            40550,
            40551,
            40552,
            40553,
            40613,
            49918,
            49919,
            49920,
            // H2: database or connection closed, in use, missing, read-only, I/O errors, corrupt.
            90007,
            90013,
            90020,
            90028,
            90030,
            90031,
            90046,
            90067,
            90097,
            90098,
            90121,
            90146,
            90149,
            57014);

    /**
     * SQL Server: syntax, missing column, object, type or procedure, permissions; a table type that has other columns than this
     * code knows; collations that clash; no plan that keeps to the statement's hints.
     */
    private static final Set<Integer> ENVIRONMENT_CODES =
            Set.of(102, 156, 207, 208, 229, 230, 2715, 2812, 206, 213, 500, 451, 457, 468, 8622);

    /** What was to be stored does not fit. */
    private static final Set<Integer> DATA_CODES = Set.of(
            // SQL Server: overflow, truncation, conversion, NULL, division by zero.
            8115, 220, 232, 1007, 8152, 2628, 241, 242, 245, 248, 8114, 515, 8134);

    /** Classes of SQL states: connection, transaction state, authorisation, catalogue, resources, operator, system. */
    private static final Set<String> OUTAGE_CLASSES = Set.of("08", "25", "28", "3D", "53", "57", "58");

    /** Class of SQL states: rollback. */
    private static final String CONTENTION_CLASS = "40";

    /** Class of SQL states: syntax error or access rule violation. */
    private static final String ENVIRONMENT_CLASS = "42";

    private static final Set<String> TIMEOUT_STATES = Set.of("HYT00", "HYT01");

    /** SQL Server has one code for foreign keys and checks. */
    private static final int SQL_SERVER_CONSTRAINT = 547;

    private static final String FOREIGN_KEY_PREFIX = "fk_";

    private static final String H2_PARENT_MISSING = "23506";

    private DatabaseFaults() {}

    /**
     * What a failure means.
     *
     * @param failure an exception with {@link SQLException}s among its causes, or without
     * @return the kind; of several, what waits beats what blames the data, and that beats not knowing
     */
    public static Kind kindOf(Throwable failure) {
        var kinds = causes(failure).map(DatabaseFaults::kindOfOne).toList();
        return Stream.of(Kind.OUTAGE, Kind.MISCONFIGURED, Kind.CONTENTION, Kind.DATA)
                .filter(kinds::contains)
                .findFirst()
                .orElse(Kind.UNKNOWN);
    }

    /**
     * Whether a failure is one that ends by itself: the database is away, or others are in the way. Unlike
     * {@link Kind#PASSING} this leaves out a missing table or permission, which somebody has to put right.
     *
     * @param failure an exception with {@link SQLException}s among its causes, or without
     */
    public static boolean isOutage(Throwable failure) {
        return causes(failure).anyMatch(cause -> cause instanceof SQLException e && (isContention(e) || isOutage(e)));
    }

    /**
     * Whether a failure is a lost race for a key.
     *
     * @param failure an exception with {@link SQLException}s among its causes, or without
     */
    public static boolean isDuplicateKey(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof SQLException e && DUPLICATE_KEY_CODES.contains(e.getErrorCode()));
    }

    private static Kind kindOfOne(Throwable cause) {
        return switch (cause) {
            case SQLException e -> kindOfSql(e);
            case TransactionTimedOutException e -> Kind.OUTAGE;
            default -> Kind.UNKNOWN;
        };
    }

    private static Kind kindOfSql(SQLException e) {
        if (DUPLICATE_KEY_CODES.contains(e.getErrorCode()) || isMissingParent(e) || isContention(e)) {
            return Kind.CONTENTION;
        }
        if (isOutage(e)) {
            return Kind.OUTAGE;
        }
        if (isEnvironment(e)) {
            return Kind.MISCONFIGURED;
        }
        var stateClass = stateClass(e);
        if (DATA_CODES.contains(e.getErrorCode())
                || stateClass.equals("22")
                || stateClass.equals("23")
                || e instanceof SQLDataException
                || e instanceof SQLIntegrityConstraintViolationException) {
            return Kind.DATA;
        }
        return Kind.UNKNOWN;
    }

    private static boolean isContention(SQLException e) {
        return CONTENTION_CODES.contains(e.getErrorCode())
                || stateClass(e).equals(CONTENTION_CLASS)
                || e instanceof SQLTransactionRollbackException;
    }

    private static boolean isOutage(SQLException e) {
        return OUTAGE_CODES.contains(e.getErrorCode())
                || OUTAGE_CLASSES.contains(stateClass(e))
                || TIMEOUT_STATES.contains(Objects.requireNonNullElse(e.getSQLState(), ""))
                || e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLInvalidAuthorizationSpecException;
    }

    private static boolean isEnvironment(SQLException e) {
        return ENVIRONMENT_CODES.contains(e.getErrorCode())
                || stateClass(e).equals(ENVIRONMENT_CLASS)
                || e instanceof SQLSyntaxErrorException;
    }

    /** The class of a standard SQL state; SQL Server's driver also makes up states such as S0001, which have none. */
    private static String stateClass(SQLException e) {
        var state = e.getSQLState();
        return state != null && state.length() == 5 ? state.substring(0, 2) : "";
    }

    /** A game that the store remembers and the database does not know: it was restored from a backup. */
    private static boolean isMissingParent(SQLException e) {
        var message = Objects.requireNonNullElse(e.getMessage(), "");
        return H2_PARENT_MISSING.equals(e.getSQLState())
                || (e.getErrorCode() == SQL_SERVER_CONSTRAINT && message.contains(FOREIGN_KEY_PREFIX));
    }

    /** The failure, its causes, and what a batch chained to them, each once. */
    private static Stream<Throwable> causes(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(failure, seen);
        return Arrays.stream(seen.toArray(Throwable[]::new));
    }

    private static void collect(@Nullable Throwable failure, Set<Throwable> seen) {
        for (var cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                collect(e.getNextException(), seen);
            }
        }
    }
}
