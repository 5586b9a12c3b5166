package io.wager.api.schema;

import io.wager.service.database.DatabaseRights;
import io.wager.service.database.DatabaseRights.Right;
import io.wager.service.database.RightsInspection;
import java.util.List;
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
 * Knows whether the database has the schema that the reads need, and this service's user the rights. The consumer owns the schema and may
 * bring it later than the API starts, so the API checks on a thread of its own until both are there, and not again after that.
 */
@Component
public final class SchemaPoller implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaPoller.class);

    /** The first version that has every table, column and table type that is used here. */
    private static final int REQUIRED_VERSION = 3;

    private static final long POLL_MILLIS = 500;

    /** A person must grant rights, so checks need not be frequent; each right is one query. */
    private static final long RIGHTS_POLL_MILLIS = 5_000;

    private static final Pattern MAJOR_VERSION = Pattern.compile("0*(\\d{1,9})(\\..*)?");

    /** Flyway makes its table with quoted names; unquoted ones would be another table on H2. */
    private static final String APPLIED_VERSIONS = """
            SELECT "version"
            FROM "flyway_schema_history"
            WHERE "success" = CAST(1 AS BIT)
            """;

    private final RightsInspection rights = new RightsInspection(rights(), "requests that need them get 503");
    private final JdbcClient jdbc;
    private final JdbcOperations connections;
    private volatile boolean isReady;
    private @Nullable ScheduledExecutorService poller;

    SchemaPoller(JdbcClient jdbc, JdbcOperations connections) {
        this.jdbc = jdbc;
        this.connections = connections;
    }

    /** The rights that the service needs. */
    static DatabaseRights rights() {
        return DatabaseRights.listedIn("db/setup/wager_api.rights");
    }

    /**
     * Says whether the schema has been seen.
     *
     * @return false until then, true from then on, even while the database is away
     */
    public boolean isReady() {
        return isReady;
    }

    /**
     * The rights that this service's user lacks. Reads that do not need them are answered.
     *
     * @return null before the first check; empty if none is missing
     */
    @Nullable
    List<Right> missingRights() {
        return rights.missing();
    }

    @Override
    public synchronized void start() {
        if (poller == null && !isReady) {
            LOG.info("waiting for schema version={}", REQUIRED_VERSION);
            // Not a virtual thread: this one makes the pool, which loads the driver by name. A virtual thread that
            // waits
            // while it loads a class keeps its carrier, and on two processors two such that wait for a third stop all.
            poller = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("schema-poller").factory());
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
            LOG.error("the schema could not be checked, trying again", e);
        }
        var lacking = rights.missing();
        if (isReady && lacking != null && lacking.isEmpty()) {
            stop();
        } else {
            schedule(isReady ? RIGHTS_POLL_MILLIS : POLL_MILLIS);
        }
    }

    private boolean isSchemaThere() {
        return jdbc.sql(APPLIED_VERSIONS).query(String.class).list().stream().anyMatch(SchemaPoller::suffices);
    }

    private void look() {
        connections.execute((ConnectionCallback<Void>) connection -> {
            rights.look(connection);
            return null;
        });
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
