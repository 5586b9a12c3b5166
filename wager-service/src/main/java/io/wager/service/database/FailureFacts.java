package io.wager.service.database;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a failure of the database that a log may have. It never has a message, because messages contain SQL and values of rows.
 *
 * @param kind what it means
 * @param code the database's error code; 0 if there is none
 * @param state the SQL state; null if there is none
 * @param severity SQL Server's, 0 to 25; empty on other databases, and for failures found by its driver
 * @param rootCause the class of the innermost cause, without its package
 */
public record FailureFacts(String kind, int code, @Nullable String state, OptionalInt severity, String rootCause) {

    /**
     * The facts of a failure. If there are several exceptions, those of the one that decides the kind.
     *
     * @param failure an exception with {@link java.sql.SQLException}s among its causes, or without
     * @return the facts, with its {@link FaultKind}
     */
    public static FailureFacts of(Throwable failure) {
        return of(failure, DatabaseFaults.kindOf(failure));
    }

    /**
     * The facts of a failure whose kind the caller knows.
     *
     * @param failure an exception with {@link java.sql.SQLException}s among its causes, or without
     * @param kind what it means
     * @return the facts
     */
    public static FailureFacts of(Throwable failure, Enum<?> kind) {
        var error = DatabaseFaults.errorOf(failure);
        return error == null
                ? new FailureFacts(kind.name(), 0, null, OptionalInt.empty(), rootCauseOf(failure))
                : new FailureFacts(
                        kind.name(),
                        error.getErrorCode(),
                        error.getSQLState(),
                        SqlServerFaults.severity(error),
                        rootCauseOf(failure));
    }

    private static String rootCauseOf(Throwable failure) {
        var root = failure;
        // A loop of causes is possible, if nobody's intention.
        for (var depth = 0; root.getCause() != null && depth < 100; depth++) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }

    /** As {@code key=value}, without absent values. */
    @Override
    public String toString() {
        var text = new StringBuilder("kind=").append(kind);
        if (code != 0) {
            text.append(" code=").append(code);
        }
        if (state != null) {
            text.append(" sqlState=").append(state);
        }
        severity.ifPresent(known -> text.append(" severity=").append(known));
        return text.append(" cause=").append(rootCause).toString();
    }
}
