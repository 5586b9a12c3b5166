package io.wager.standalone.liveness;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What JDBC can't tell of an H2 database in this process. */
public final class H2Engine {

    private static final Logger LOG = LoggerFactory.getLogger(H2Engine.class);

    private H2Engine() {}

    /**
     * Whether H2 has closed the connection, its database, or the store under that, as it does after a failure to write or for
     * lack of memory. H2 then still answers what it has in memory, {@link Connection#isValid} included.
     *
     * @param connection a connection of H2, not of a pool
     */
    public static boolean isClosed(Connection connection) {
        try {
            if (!connection.isValid(1)) {
                return true;
            }
            return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                    && session.getDatabase().getStore().getMvStore().isClosed();
        } catch (SQLException e) {
            LOG.debug("a connection of H2 is closed", e);
            return true;
        }
    }

    /**
     * Has H2 forget a database whose store is closed, since the next connection would be given the same one again. Nothing
     * that was committed is lost.
     *
     * @param connection a connection to it, closed or not
     */
    public static void forget(Connection connection) {
        try (connection;
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            LOG.debug("H2 has forgotten the database already", e);
        }
    }
}
