package io.wager.bench.rig;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.api.Trigger;

/**
 * Runs inside the H2 server, before each insert of a wager: fails those of some usernames, and all of them, those of one
 * connection, or slowly, in a mode that is set by SQL.
 */
public final class FailingInserts implements Trigger {

    /** The username whose wagers the database refuses as data that it can't keep. */
    public static final String REFUSED = "The database refuses";

    /** The username whose wagers fail for a reason that nobody has a kind for. */
    public static final String UNKNOWN = "Nobody knows why";

    /** The username whose wagers are held until whoever inserts them is killed. */
    public static final String CRASHING = "Ends its consumer";

    /** What happens to the inserts of all other wagers. */
    public enum Mode {
        /** They are taken. */
        NORMAL,
        /** They fail as in a database that is read-only. */
        READ_ONLY,
        /** They fail for a reason that nobody has a kind for. */
        FAILING,
        /** Those of the connection that inserts first fail for a reason that nobody has a kind for. */
        ONE_CONNECTION_FAILING
    }

    private static final int READ_ONLY_CODE = 90097;
    private static final int UNLISTED_CODE = 33_557_097;
    private static final long LONGEST_CRASH_SECONDS = 60;
    private static final int NO_SESSION = -1;

    private static volatile Mode mode = Mode.NORMAL;
    private static volatile int delayMillis;
    private static final AtomicInteger FAILING_SESSION = new AtomicInteger(NO_SESSION);
    private static volatile String crashingUser = "";
    private static volatile CountDownLatch crash = new CountDownLatch(1);

    /**
     * Sets the mode.
     *
     * @param name of a {@link Mode}
     * @param delay how long each insert takes longer, in milliseconds
     */
    public static void set(String name, int delay) {
        FAILING_SESSION.set(NO_SESSION);
        mode = Mode.valueOf(name);
        delayMillis = delay;
    }

    /** The user whose insert of a crashing wager is held at this moment; empty if there is none. */
    public static String crashingUser() {
        return crashingUser;
    }

    /** Ends the insert of a crashing wager that is held, with a failure. */
    public static void releaseCrashing() {
        crash.countDown();
    }

    @Override
    public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
        switch (mode) {
            case NORMAL -> {}
            case READ_ONLY -> throw new SQLException("The database is read only", "90097", READ_ONLY_CODE);
            case FAILING -> throw unknown();
            case ONE_CONNECTION_FAILING -> failOneConnection(connection);
        }
        if (delayMillis > 0) {
            sleep();
        }
        for (var value : newRow) {
            if (REFUSED.equals(value)) {
                throw new SQLException("Value too long for column", "22001", 22001);
            }
            if (UNKNOWN.equals(value)) {
                throw unknown();
            }
            if (CRASHING.equals(value)) {
                hold(connection);
            }
        }
    }

    private static SQLException unknown() {
        return new SQLException("nobody knows", "S0001", UNLISTED_CODE);
    }

    private static void failOneConnection(Connection connection) throws SQLException {
        int session;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT SESSION_ID()")) {
            row.next();
            session = row.getInt(1);
        }
        FAILING_SESSION.compareAndSet(NO_SESSION, session);
        if (FAILING_SESSION.get() == session) {
            throw unknown();
        }
    }

    private static void hold(Connection connection) throws SQLException {
        var held = new CountDownLatch(1);
        crash = held;
        crashingUser = connection.getMetaData().getUserName();
        try {
            if (!held.await(LONGEST_CRASH_SECONDS, TimeUnit.SECONDS)) {
                throw new SQLException("nobody was killed", "08000");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            crashingUser = "";
        }
        throw new SQLException("whoever asked was killed", "08000");
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(delayMillis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
