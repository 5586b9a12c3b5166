package io.wager.standalone.liveness;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Watches the database of the wagers, on a thread and a connection of its own. Where H2 has closed it, opens it again, so that the
 * pool finds it open; where that can't be done in time, ends the process.
 */
final class StoreWatch implements AutoCloseable {

    static final String PART = "the wagers' database";

    private final JdbcDataSource database;
    private final Liveness liveness;
    private final long reopenTimeoutNanos;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("wager-store-watch").factory());
    private @Nullable Connection connection;
    private boolean isBroken;
    private long brokenSince;

    /**
     * Watches nothing until {@link #start}.
     *
     * @param database a file in this process
     * @param reopenTimeout how long it is tried to be opened again
     */
    StoreWatch(JdbcDataSource database, Liveness liveness, Duration reopenTimeout) {
        this.database = database;
        this.liveness = liveness;
        reopenTimeoutNanos = reopenTimeout.toNanos();
    }

    void start(Duration interval) {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once, and mends what it can. Only on the watch's thread. */
    void look() {
        try {
            var last = connection;
            if (last != null && !H2Engine.isClosed(last)) {
                return;
            }
            if (last != null) {
                connection = null;
                broken(new SQLException("H2 has closed the database"));
                H2Engine.forget(last);
            }
            connection = database.getConnection();
            if (isBroken) {
                isBroken = false;
                liveness.mended(PART);
            }
        } catch (SQLException | RuntimeException e) {
            broken(e);
        } catch (Error e) {
            liveness.endIfFatal(e);
            broken(e);
        }
    }

    private void broken(Throwable cause) {
        var now = System.nanoTime();
        if (!isBroken) {
            isBroken = true;
            brokenSince = now;
            liveness.broken(PART, cause);
        }
        if (now - brokenSince > reopenTimeoutNanos) {
            liveness.end(
                    Liveness.DATABASE_LOST,
                    PART + " is closed and does not open again (" + cause.getMessage() + ").",
                    cause);
        }
    }

    @Override
    public void close() throws SQLException {
        thread.close();
        if (connection != null) {
            connection.close();
        }
    }
}
