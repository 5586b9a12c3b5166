package io.wager.service.database;

import java.sql.SQLException;

/**
 * A failure as a log may have it: types, codes of the database and stack traces, without messages. Databases and parsers quote in their
 * messages what they could not take, and that may be a player's name, an amount or a secret.
 */
public final class UnquotedFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Chains of causes are short; a loop is possible, if nobody's intention. */
    private static final int MOST_CAUSES = 20;

    private UnquotedFailure(Throwable failure, int depth) {
        super(
                described(failure),
                failure.getCause() == null || depth == MOST_CAUSES
                        ? null
                        : new UnquotedFailure(failure.getCause(), depth + 1),
                false,
                true);
        setStackTrace(failure.getStackTrace());
    }

    /**
     * Takes the messages from a failure and its causes. Suppressed exceptions are left out.
     *
     * @param failure any failure
     * @return one whose message is the failure's type, with error code and SQL state where it has them; a {@link NullPointerException}
     *     keeps its message, which names variables and no values
     */
    public static UnquotedFailure of(Throwable failure) {
        return failure instanceof UnquotedFailure already ? already : new UnquotedFailure(failure, 0);
    }

    private static String described(Throwable failure) {
        var type = failure.getClass().getName();
        return switch (failure) {
            case SQLException error -> type + " code=" + error.getErrorCode() + " sqlState=" + error.getSQLState();
            case NullPointerException missing -> type + ": " + missing.getMessage();
            default -> type;
        };
    }
}
