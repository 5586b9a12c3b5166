package io.wager.service.database;

import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQL Server's error numbers (sys.messages), with those of Azure SQL and of the clients' network layers. Gone through: the lists on
 * which Microsoft's JDBC driver, SqlClient and Entity Framework Core try again, the transient and resource errors of Azure SQL, and
 * the errors of availability groups; left out is what only administration can meet (backup, replication, full text, in DDL).
 */
final class SqlServerFaults {

    /**
     * The severity from which an error is never of the statement's making: 17 is out of resources, 18 a fault of the engine, 19
     * one of its fixed limits, and from 20 the connection is lost, then the database, then its pages.
     */
    private static final int SERVER_SEVERITY = 17;

    /** The severity from which the server ends the connection. */
    private static final int FATAL_SEVERITY = 20;

    /** One number for foreign keys and checks. */
    private static final int CONSTRAINT = 547;

    private static final String FOREIGN_KEY_PREFIX = "fk_";

    private static final FaultTable CODES = new FaultTable();

    /** Tell of the connection itself, or that its server is not the one to write to any more. */
    private static final Set<Integer> OF_THE_CONNECTION =
            Set.of(596, 3980, 3988, 3989, 3906, 954, 976, 978, 979, 982, 983, 988, 3948);

    static {
        // A lost race for a key: unique index, unique constraint.
        CODES.add(FaultKind.CONTENTION, 2601, 2627);
        // Deadlock, the same within a parallel plan, lock timeout; locks mixed up by timing.
        CODES.add(FaultKind.CONTENTION, 1205, 8650, 1222, 1221, 1203);
        // Snapshots: a row was changed in between, a table was, snapshots were only just allowed.
        CODES.add(FaultKind.CONTENTION, 3960, 3961, 3957);
        // Run it again: rows moved under a scan, a definition changed after planning, change capture was turned on.
        CODES.add(FaultKind.CONTENTION, 601, 669, 2801, 2816, 3941, 10922, 20041);
        // Validation of memory-optimized tables, should a DBA have made some.
        CODES.add(FaultKind.CONTENTION, 41301, 41302, 41305, 41325, 41339, 41839);

        // No memory, no locks, no threads, no time for a plan; grants of memory that do not come or are not allowed.
        CODES.add(FaultKind.OUTAGE, 701, 802, 1204, 8623, 8628, 8645, 8651, 8657, 17189, 17300, 17803);
        // The version store is full, or was cleared of what this transaction needs; it takes too long to search.
        CODES.add(FaultKind.OUTAGE, 3950, 3958, 3959, 3966, 3967);
        // The log is not available, full, or fails to grow; no disk space; files that can't be opened or extended.
        CODES.add(FaultKind.OUTAGE, 9001, 9002, 9020, 1101, 1105, 5120, 5123, 5149);
        // Read and write errors, torn and misplaced pages; extents mixed up; metadata that can't be read.
        CODES.add(FaultKind.OUTAGE, 605, 617, 823, 824, 825, 829, 832, 7105, 1532, 1533, 1534, 1535, 3635);
        // Failed assertions, which may be timing; the fatal error that a second message only announces.
        CODES.add(FaultKind.OUTAGE, 17065, 17066, 17067, 21);
        // Read-only; in emergency mode; model in use, so that tempdb or the database can't be made.
        CODES.add(FaultKind.OUTAGE, 3906, 3908, 1807);
        // Offline, recovering, restoring, suspect, starting, in transition, in use by one, not to be opened.
        CODES.add(FaultKind.OUTAGE, 615, 921, 922, 923, 924, 926, 927, 941, 942, 945, 952, 3953);
        // Encrypted, by a certificate that this server lacks: seen after a failover or a restore.
        CODES.add(FaultKind.OUTAGE, 33111);
        // Mirroring and availability groups: not the primary, no quorum, no replica, role or configuration changing.
        CODES.add(FaultKind.OUTAGE, 954, 955, 956, 976, 978, 979, 982, 983, 988, 3947, 3948, 4221, 35250);
        // The session: killed, aborted, busy, or without its transaction. Its connection is no good any more.
        CODES.add(FaultKind.OUTAGE, 596, 3980, 3988, 3989);
        // The server: shutting down, paused, not ready, upgrading, out of connections, too slow to log in.
        CODES.add(FaultKind.OUTAGE, 6005, 17142, 17187, 17188, 17197, 17809, 17830, 17889, 18401);
        // Logins: refused, disabled, locked, expired, administrators only. A database that fails over or recovers
        // refuses them as well, and looks the same from here; so they count as its absence.
        CODES.add(FaultKind.OUTAGE, 18451, 18452, 18456, 18461, 18470, 18486, 18487, 18488, 4060, 4064);
        // The network, as Windows and SqlClient number it.
        CODES.add(FaultKind.OUTAGE, 20, 64, 121, 233, 258, 997, 10053, 10054, 10060, 10061, 11001);
        // Azure SQL: reconfiguration, failover, paused or waking, not available.
        CODES.add(FaultKind.OUTAGE, 40020, 40143, 40166, 40197, 40540, 40613, 40623, 40671, 42029, 42108, 42109, 49802);
        // Azure SQL: too busy, or over a limit of requests, sessions, time, locks, log, tempdb, memory or size.
        CODES.add(FaultKind.OUTAGE, 10928, 10929, 10930, 10936, 40189, 40501, 40544, 40549, 40550, 40551, 40552, 40553);
        CODES.add(FaultKind.OUTAGE, 40642, 40648, 40675, 40890, 40903, 41823, 41840, 49918, 49919, 49920, 49977);
        // Azure SQL: the firewall does not let this client in, or not yet.
        CODES.add(FaultKind.OUTAGE, 40532, 40615, 40914);
        // Azure SQL: its own services, lock manager and controller.
        CODES.add(FaultKind.OUTAGE, 1232, 22225, 22226, 22335, 22355, 22358, 22427, 22430, 22498, 41614, 41619, 41640);

        // No right: on an object, a column, to do this here at all, on the server, in the database, as this user.
        CODES.add(FaultKind.MISCONFIGURED, 229, 230, 262, 297, 300, 916, 15151, 15247, 15517);
        // No such database, schema, table, column, type, function, procedure, linked server; or no right to see it.
        CODES.add(
                FaultKind.MISCONFIGURED, 195, 207, 208, 243, 911, 1088, 2715, 2760, 2812, 3701, 4104, 4121, 4902, 7202);
        // Other columns or types than this code knows: their number, a type, ambiguous, computed, an identity.
        CODES.add(FaultKind.MISCONFIGURED, 206, 209, 213, 271, 500, 544, 2714, 8101, 8102);
        // A view or a trigger stands where a table was: not to be changed through, not bound, no OUTPUT.
        CODES.add(FaultKind.MISCONFIGURED, 334, 4403, 4405, 4406, 4413);
        // Syntax that this server does not know; session options and collations that do not fit.
        CODES.add(FaultKind.MISCONFIGURED, 102, 105, 156, 319, 446, 451, 457, 468, 1934, 1935);
        // No plan that keeps to the statement's hints; no plan for a fault of the optimizer.
        CODES.add(FaultKind.MISCONFIGURED, 8622, 8624);

        // Overflow, truncation, conversion, dates out of range, NULL, division by zero, a number that is none.
        CODES.add(
                FaultKind.DATA, 220, 232, 241, 242, 245, 248, 295, 515, 517, 1007, 2628, 8023, 8114, 8115, 8134, 8152);
        // A row or an index key that is too long.
        CODES.add(FaultKind.DATA, 511, 1946);
    }

    private SqlServerFaults() {}

    /** What an error means by its number and, where that is not listed, by its severity; null if neither tells. */
    static @Nullable FaultKind kindOf(SQLException e) {
        if (isMissingParent(e)) {
            return FaultKind.CONTENTION;
        }
        var known = CODES.kindOf(e.getErrorCode());
        return known == null && severity(e).orElse(0) >= SERVER_SEVERITY ? FaultKind.OUTAGE : known;
    }

    static boolean isOfTheConnection(SQLException e) {
        return OF_THE_CONNECTION.contains(e.getErrorCode()) || severity(e).orElse(0) >= FATAL_SEVERITY;
    }

    /** The severity that the server gave an error; none if it came from the driver, or from another database. */
    static OptionalInt severity(SQLException e) {
        var error = e instanceof SQLServerException of ? of.getSQLServerError() : null;
        return error == null ? OptionalInt.empty() : OptionalInt.of(error.getErrorSeverity());
    }

    /** With {@code xopenStates} in its URL, the driver has one state, of class 42, for nearly everything. */
    static boolean isStateWithoutMeaning(SQLException e) {
        return e instanceof SQLServerException && "42000".equals(e.getSQLState());
    }

    /** A game that the store remembers and the database does not know: it was restored from a backup. */
    private static boolean isMissingParent(SQLException e) {
        return e.getErrorCode() == CONSTRAINT
                && e.getMessage() != null
                && e.getMessage().contains(FOREIGN_KEY_PREFIX);
    }
}
