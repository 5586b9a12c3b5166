package io.wager.consumer.schema;

import io.wager.service.database.DatabaseFaults;
import io.wager.service.database.DatabaseRights;
import io.wager.service.database.DatabaseRights.Right;
import io.wager.service.database.FailureFacts;
import io.wager.service.database.RightsInspection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database, beside its schema, is as the service needs it: the rights of its user, without which nothing is stored, and
 * read committed snapshot, without which all goes right and slower. Looked at by one thread, read by any.
 */
final class DatabaseInspection {

    private static final Logger log = LoggerFactory.getLogger(DatabaseInspection.class);

    private static final String SQL_SERVER = "Microsoft SQL Server";
    private static final String SNAPSHOT_SETTING =
            "SELECT CAST(is_read_committed_snapshot_on AS INT) FROM sys.databases WHERE name = DB_NAME()";

    private final RightsInspection rights = new RightsInspection(rights(), "nothing can be stored without them");
    private final DataSource dataSource;
    private volatile boolean isSnapshotOff;

    DatabaseInspection(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What the service needs. */
    static DatabaseRights rights() {
        return DatabaseRights.listedIn("db/setup/wager_consumer.rights");
    }

    /** The rights that the last look found missing; null before the first. */
    @Nullable
    List<Right> missingRights() {
        return rights.missing();
    }

    /** Whether the last look found that readers and writers wait for each other. False where the database does not tell. */
    boolean isSnapshotOff() {
        return isSnapshotOff;
    }

    /** Whether another look could find anything but what the last one did. */
    boolean isDone() {
        var found = rights.missing();
        return found != null && found.isEmpty() && !isSnapshotOff;
    }

    /** Looks, and tells the log what it has not told yet. A database that does not answer leaves all as it was. */
    void look() {
        try (var connection = dataSource.getConnection()) {
            rights.look(connection);
            snapshot(isSnapshotOff(connection));
        } catch (SQLException e) {
            log.debug("the rights could not be looked at {}", FailureFacts.of(e));
        }
    }

    private static boolean isSnapshotOff(Connection connection) throws SQLException {
        if (!SQL_SERVER.equals(connection.getMetaData().getDatabaseProductName())) {
            return false;
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SNAPSHOT_SETTING)) {
            return rows.next() && rows.getInt(1) == 0 && !rows.wasNull();
        } catch (SQLException e) {
            if (DatabaseFaults.isOutage(e)) {
                throw e;
            }
            return false;
        }
    }

    private void snapshot(boolean isOff) {
        if (isOff && !isSnapshotOff) {
            log.warn(
                    "READ COMMITTED SNAPSHOT IS OFF: readers wait for batches, and batches for readers, until it is set as in"
                            + " db/setup/sqlserver.sql");
        } else if (!isOff && isSnapshotOff) {
            log.info("read committed snapshot is on now");
        }
        isSnapshotOff = isOff;
    }
}
