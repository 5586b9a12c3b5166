package io.wager.service.database;

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
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * Decides what a database's error means for the work in hand. It uses the vendor's code, the severity, the SQL state and the type of the
 * exception, because each is missing in some cases.
 *
 * <p>Missing tables, missing permissions and syntax errors are the environment's fault, not the data's. They can be waited out as well.
 */
public final class DatabaseFaults {

    private static final Set<Integer> DUPLICATE_KEY_CODES = Set.of(
            2601, 2627, // SQL Server: unique index, unique constraint
            23505); // H2

    private static final Set<FaultKind> ENDS_BY_ITSELF = Set.of(FaultKind.OUTAGE, FaultKind.CONTENTION);

    private static final Set<FaultKind> BLAMES_THE_WORK = Set.of(FaultKind.DATA, FaultKind.UNKNOWN);

    /** Classes of SQL states: connection, transaction state, authorisation, catalogue, resources, operator, system. */
    private static final Set<String> OUTAGE_CLASSES = Set.of("08", "25", "28", "3D", "53", "57", "58");

    /** Class of SQL states: rollback. */
    private static final String CONTENTION_CLASS = "40";

    /** Class of SQL states: syntax error or access rule violation. */
    private static final String ENVIRONMENT_CLASS = "42";

    /** Classes of SQL states: data exception, integrity constraint violation. */
    private static final Set<String> DATA_CLASSES = Set.of("22", "23");

    private static final Set<String> TIMEOUT_STATES = Set.of("HYT00", "HYT01");

    private DatabaseFaults() {}

    /**
     * What a failure means.
     *
     * @param failure an exception with {@link SQLException}s among its causes, or without
     * @return the kind; of several, a kind to wait out comes before one that blames the data, and that before the unknown
     */
    public static FaultKind kindOf(Throwable failure) {
        var causes = causes(failure).toList();
        var kinds = causes.stream().map(DatabaseFaults::kindOfOne).toList();
        var kind = Stream.of(FaultKind.OUTAGE, FaultKind.MISCONFIGURED, FaultKind.CONTENTION, FaultKind.DATA)
                .filter(kinds::contains)
                .findFirst()
                .orElse(FaultKind.UNKNOWN);
        // No constraint is checked as late as that: whatever ends a commit, it is none of the rows.
        var isOfTheCommit = causes.stream().anyMatch(CommitFailedException.class::isInstance);
        return isOfTheCommit && BLAMES_THE_WORK.contains(kind) ? FaultKind.OUTAGE : kind;
    }

    /**
     * Whether to discard the connection on which something failed: it is useless, it leads to a server that can't be written to, or the
     * failure is unknown.
     *
     * @param failure what failed on it
     */
    public static boolean isOfTheConnection(SQLException failure) {
        return causes(failure)
                        .anyMatch(cause -> cause instanceof SQLException e
                                && (H2Faults.isOfTheConnection(e) || SqlServerFaults.isOfTheConnection(e)))
                || (!(failure instanceof SQLFeatureNotSupportedException) && kindOf(failure) == FaultKind.UNKNOWN);
    }

    /**
     * Whether a failure ends by itself: the database is away, or others are in the way. A missing table or permission is none of these,
     * because a person must correct it.
     *
     * @param failure an exception with {@link SQLException}s among its causes, or without
     */
    public static boolean isOutage(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof SQLException e && ENDS_BY_ITSELF.contains(kindOfSql(e)));
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

    /**
     * The database's error behind a failure.
     *
     * @param failure any exception
     * @return of several, the first that decides its kind, or else the first; null if there is none. Its message may have SQL and
     *     the values of rows in it
     */
    public static @Nullable SQLException errorOf(Throwable failure) {
        var kind = kindOf(failure);
        var errors = causes(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .toList();
        return errors.stream()
                .filter(e -> kindOfSql(e) == kind)
                .findFirst()
                .orElse(errors.isEmpty() ? null : errors.getFirst());
    }

    private static FaultKind kindOfOne(Throwable cause) {
        return switch (cause) {
            case SQLException e -> kindOfSql(e);
            case TransactionTimedOutException e -> FaultKind.OUTAGE;
            default -> FaultKind.UNKNOWN;
        };
    }

    /** The kind of one exception. The code decides first, then the severity, then the SQL state and the type of the exception. */
    static FaultKind kindOfSql(SQLException e) {
        var bySqlServer = SqlServerFaults.kindOf(e);
        if (bySqlServer != null) {
            return bySqlServer;
        }
        var byH2 = H2Faults.kindOf(e);
        return byH2 == null ? kindByState(e) : byH2;
    }

    private static FaultKind kindByState(SQLException e) {
        var stateClass = stateClass(e);
        if (stateClass.equals(CONTENTION_CLASS) || e instanceof SQLTransactionRollbackException) {
            return FaultKind.CONTENTION;
        }
        if (isOutageByState(e)) {
            return FaultKind.OUTAGE;
        }
        if (stateClass.equals(ENVIRONMENT_CLASS) || e instanceof SQLSyntaxErrorException) {
            return FaultKind.MISCONFIGURED;
        }
        if (DATA_CLASSES.contains(stateClass)
                || e instanceof SQLDataException
                || e instanceof SQLIntegrityConstraintViolationException) {
            return FaultKind.DATA;
        }
        return FaultKind.UNKNOWN;
    }

    private static boolean isOutageByState(SQLException e) {
        return OUTAGE_CLASSES.contains(stateClass(e))
                || TIMEOUT_STATES.contains(Objects.requireNonNullElse(e.getSQLState(), ""))
                || e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLInvalidAuthorizationSpecException;
    }

    /** The class of a standard SQL state; SQL Server's driver also makes up states such as S0001, which have none. */
    private static String stateClass(SQLException e) {
        var state = e.getSQLState();
        var hasMeaning = state != null && state.length() == 5 && !SqlServerFaults.isStateWithoutMeaning(e);
        return hasMeaning ? state.substring(0, 2) : "";
    }

    /** The failure, its causes, and what a batch chained to them, each once. */
    static Stream<Throwable> causes(Throwable failure) {
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
