package io.wager.service.database;

import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** H2's error codes (org.h2.api.ErrorCode). Where its SQL states follow the standard, {@link DatabaseFaults} goes by those. */
final class H2Faults {

    private static final FaultTable CODES = new FaultTable();

    /** Tell of the connection itself: whoever uses it next fails too. */
    private static final Set<Integer> OF_THE_CONNECTION = Set.of(90121, 90098, 90007, 90067);

    static {
        // A lost race for a key.
        CODES.add(FaultKind.CONTENTION, 23505);
        // A game that the store remembers and the database does not know: it was restored from a backup.
        CODES.add(FaultKind.CONTENTION, 23506);
        // Lock timeout, deadlock, a row that was changed in between.
        CODES.add(FaultKind.CONTENTION, 50200, 40001, 90131);
        // Database, connection or object closed; connection broken.
        CODES.add(FaultKind.OUTAGE, 90121, 90098, 90007, 90067);
        // Database not found, in use by another process, in exclusive mode, not for other hosts; bad URL.
        CODES.add(FaultKind.OUTAGE, 90013, 90146, 90149, 90020, 90135, 90117, 90046);
        // Read-only, I/O errors, file or index corrupt, file of another version.
        CODES.add(FaultKind.OUTAGE, 90097, 90028, 90031, 90030, 90112, 90143, 90048);
        // No memory; the statement was cancelled, by its time limit or by the database's end.
        CODES.add(FaultKind.OUTAGE, 90108, 57014);
        // No right on the object, or none to do this at all.
        CODES.add(FaultKind.MISCONFIGURED, 90096, 90040);
        // No such schema, function, sequence, view, constraint, role; a view that is no longer valid.
        CODES.add(FaultKind.MISCONFIGURED, 90079, 90022, 90036, 90037, 90057, 90070, 90109);
    }

    private H2Faults() {}

    /** What an error means by its code; null if the code is not listed. */
    static @Nullable FaultKind kindOf(SQLException e) {
        return isOthers(e) ? null : CODES.kindOf(e.getErrorCode());
    }

    static boolean isOfTheConnection(SQLException e) {
        return !isOthers(e) && OF_THE_CONNECTION.contains(e.getErrorCode());
    }

    /** From 50000 on, SQL Server's triggers and procedures may throw any number. */
    private static boolean isOthers(SQLException e) {
        return e instanceof SQLServerException;
    }
}
