package io.wager.service.database;

import io.wager.service.database.DatabaseRights.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rights that a service needs and its database user lacks. One thread checks, any may read. */
public final class RightsInspection {

    private static final Logger LOG = LoggerFactory.getLogger(RightsInspection.class);

    private final DatabaseRights rights;
    private final String consequence;
    private volatile @Nullable List<Right> missing;

    /**
     * An inspection before its first check.
     *
     * @param rights what the service needs
     * @param consequence of a missing right, for the log
     */
    public RightsInspection(DatabaseRights rights, String consequence) {
        this.rights = rights;
        this.consequence = consequence;
    }

    /**
     * The result of the last check.
     *
     * @return the rights that are missing; null before the first check, empty if none is missing
     */
    public @Nullable List<Right> missing() {
        return missing;
    }

    /**
     * Checks, and logs changes. Some databases that only speak T-SQL lack the function for this; then no right is known to be missing.
     *
     * @param connection a connection of the service's user; nothing is changed on it
     * @throws SQLException if the database is away or busy; the result of the last check then stays
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
