package io.wager.bench.rig;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.h2.api.Trigger;

/**
 * Runs inside the H2 server, before each insert of a wager: fails those of two usernames, and all of them or slowly in a mode
 * that is set by SQL.
 */
public final class FailingInserts implements Trigger {

    /** The username whose wagers the database refuses as data that it can't keep. */
    public static final String REFUSED = "The database refuses";

    /** The username whose wagers fail for a reason that nobody has a kind for. */
    public static final String UNKNOWN = "Nobody knows why";

    private static final int READ_ONLY = 90097;
    private static volatile boolean isReadOnly;
    private static volatile int delayMillis;

    /**
     * Sets the mode.
     *
     * @param readOnly whether every insert fails as in a database that is read-only
     * @param delay how long each insert takes longer, in milliseconds
     */
    public static void set(boolean readOnly, int delay) {
        isReadOnly = readOnly;
        delayMillis = delay;
    }

    @Override
    public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
        if (isReadOnly) {
            throw new SQLException("The database is read only", "90097", READ_ONLY);
        }
        if (delayMillis > 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(delayMillis);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        for (var value : newRow) {
            if (REFUSED.equals(value)) {
                throw new SQLException("Value too long for column", "22001", 22001);
            }
            if (UNKNOWN.equals(value)) {
                throw new SQLException("nobody knows");
            }
        }
    }
}
