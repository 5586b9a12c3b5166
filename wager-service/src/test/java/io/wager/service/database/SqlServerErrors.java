package io.wager.service.database;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.SQLException;

/** Exceptions as SQL Server's driver throws them for what the server reports. */
final class SqlServerErrors {

    private SqlServerErrors() {}

    /** An error of the server, with the state that the driver gives it. */
    static SQLException of(int number, int severity) {
        return new SQLServerException(error(number, severity));
    }

    /** An error of the server, with another state. */
    static SQLException of(int number, int severity, String state) throws ReflectiveOperationException {
        var constructor = SQLServerException.class.getDeclaredConstructor(
                Object.class, String.class, String.class, SQLServerError.class, boolean.class);
        constructor.setAccessible(true);
        return constructor.newInstance(null, "made up", state, error(number, severity), false);
    }

    private static SQLServerError error(int number, int severity) {
        try {
            // Only the driver makes these, from what it reads.
            var constructor = SQLServerError.class.getDeclaredConstructor();
            constructor.setAccessible(true);
            var error = constructor.newInstance();
            error.setErrorNumber(number);
            error.setErrorSeverity(severity);
            return error;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
