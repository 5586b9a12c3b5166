package io.wager.api.schema;

import io.wager.api.database.DatabaseFailure;
import io.wager.api.database.DatabaseFailure.Kind;
import io.wager.api.schema.DatabaseRights.Right;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows whether the database has the schema that the reads need, and this service's user the rights. The consumer owns the schema and
 * may bring it later than the API starts, so the API asks on a thread of its own until both are there, and never again after that.
 */
@Component
public final class SchemaGate implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaGate.class);

    /** The first version that has every table, column and table type that is used here. */
    private static final int REQUIRED_VERSION = 3;

    private static final long POLL_MILLIS = 500;

    /** Somebody has to grant them: one question for each right, and none of them urgent. */
    private static final long RIGHTS_POLL_MILLIS = 5_000;

    private static final Pattern MAJOR_VERSION = Pattern.compile("0*(\\d{1,9})(\\..*)?");

    /** Flyway makes its table with quoted names; unquoted ones would be another table on H2. */
    private static final String APPLIED_VERSIONS = """
            SELECT "version"
            FROM "flyway_schema_history"
            WHERE "success" = CAST(1 AS BIT)
            """;

    private final JdbcClient jdbc;
    private final JdbcOperations connections;
    private volatile boolean isReady;
    private volatile @Nullable List<Right> missing;
    private @Nullable ScheduledExecutorService poller;

    SchemaGate(JdbcClient jdbc, JdbcOperations connections) {
        this.jdbc = jdbc;
        this.connections = connections;
    }

    /**
     * Tells whether the schema has been seen.
     *
     * @return false until then, true ever after, also while the database is away
     */
    public boolean isReady() {
        return isReady;
    }

    /**
     * The rights that this service's user lacks. Reads that need none of them are answered all the same.
     *
     * @return null until they have been looked at; empty if none is missing
     */
    @Nullable
    List<Right> missingRights() {
        return missing;
    }

    @Override
    public synchronized void start() {
        if (poller == null && !isReady) {
            LOG.info("waiting for schema version={}", REQUIRED_VERSION);
            // Not a virtual thread: this one makes the pool, which loads the driver by name. A virtual thread that
            // waits while it
            // loads a class keeps its carrier, and on two processors two such that wait for a third stop all of them.
            poller = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("schema-gate").factory());
            schedule(0);
        }
    }

    @Override
    public synchronized void stop() {
        if (poller != null) {
            poller.shutdownNow();
            poller = null;
        }
    }

    /** Before the web server: the pool is there when the first request comes. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public synchronized boolean isRunning() {
        return poller != null;
    }

    private synchronized void schedule(long millis) {
        if (poller != null) {
            var ignored = poller.schedule(this::poll, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void poll() {
        try {
            if (!isReady && isSchemaThere()) {
                look();
                isReady = true;
                LOG.info("schema is there version={}", REQUIRED_VERSION);
            } else if (isReady) {
                look();
            }
        } catch (DataAccessException e) {
            // Expected for as long as the database is away or the table is not made; readiness tells it.
            LOG.debug("the schema or the rights are not there yet", e);
        } catch (RuntimeException e) {
            LOG.error("looking at the schema failed, it is looked at again", e);
        }
        var lacking = missing;
        if (isReady && lacking != null && lacking.isEmpty()) {
            stop();
        } else {
            schedule(isReady ? RIGHTS_POLL_MILLIS : POLL_MILLIS);
        }
    }

    private boolean isSchemaThere() {
        return jdbc.sql(APPLIED_VERSIONS).query(String.class).list().stream().anyMatch(SchemaGate::suffices);
    }

    private void look() {
        var before = missing;
        var found = missingNow();
        missing = found;
        if (found.isEmpty() && before != null && !before.isEmpty()) {
            LOG.info("the database's user has every right now");
        } else if (!found.isEmpty() && !found.equals(before)) {
            LOG.error("THE DATABASE'S USER LACKS RIGHTS, what needs them answers 503: missing={}", found);
        }
    }

    /** A database that can't tell has no such function, as one that only speaks T-SQL; then nothing is known to be missing. */
    private List<Right> missingNow() {
        try {
            return Objects.requireNonNull(
                    connections.execute((ConnectionCallback<List<Right>>) DatabaseRights::missing));
        } catch (DataAccessException e) {
            var failure = DatabaseFailure.of(e);
            if (failure == null || failure.kind() == Kind.AWAY || failure.kind() == Kind.BUSY) {
                throw e;
            }
            LOG.info(
                    "the database does not tell which rights its user has code={}",
                    failure.error().getErrorCode());
            return List.of();
        }
    }

    /** Versions may have minor parts; scripts that repeat have none at all. */
    private static boolean suffices(@Nullable String version) {
        if (version == null) {
            return false;
        }
        var matcher = MAJOR_VERSION.matcher(version);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) >= REQUIRED_VERSION;
    }
}
