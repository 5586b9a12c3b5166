package io.wager.service.database;

import io.wager.service.database.DatabaseRights.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of the rights that a service needs its database's user lacks. Looked at by one thread, read by any. */
public final class RightsInspection {

    private static final Logger LOG = LoggerFactory.getLogger(RightsInspection.class);

    private final DatabaseRights rights;
    private final String consequence;
    private volatile @Nullable List<Right> missing;

    /**
     * An inspection that has not looked yet.
     *
     * @param rights what the service needs
     * @param consequence what happens without, for the log
     */
    public RightsInspection(DatabaseRights rights, String consequence) {
        this.rights = rights;
        this.consequence = consequence;
    }

    /**
     * What the last look found.
     *
     * @return the rights that are missing; null before the first look, empty if none is missing
     */
    public @Nullable List<Right> missing() {
        return missing;
    }

    /**
     * Looks, and tells the log what it has not told yet. A database that can't tell has no such function, as one that only speaks T-SQL;
     * then nothing is known to be missing.
     *
     * @param connection a connection of the service's user; nothing is changed on it
     * @throws SQLException if the database is away or busy; then all stays as the last look found it
     */
    public void look(Connection connection) throws SQLException {
        var found = missingOn(connection);
        var before = missing;
        missing = found;
        if (found.isEmpty() && before != null && !before.isEmpty()) {
            LOG.info("the database's user has every right now");
        } else if (!found.isEmpty() && !found.equals(before)) {
            LOG.error("THE DATABASE'S USER LACKS RIGHTS, {}: missing={}", consequence, found);
        }
    }

    private List<Right> missingOn(Connection connection) throws SQLException {
        try {
            return List.copyOf(rights.missing(connection));
        } catch (SQLException e) {
            if (DatabaseFaults.isOutage(e)) {
                throw e;
            }
            LOG.info("the database does not tell which rights its user has {}", FailureFacts.of(e));
            return List.of();
        }
    }
}
