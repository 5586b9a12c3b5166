package io.wager.api.schema;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows whether the database has the schema that the reads need. The consumer owns the schema and may bring it later than
 * the API starts, so the API asks on a thread of its own until it is there, and never again after that.
 */
@Component
public final class SchemaGate implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaGate.class);

    /** The first version that has every table, column and table type that is used here. */
    private static final int REQUIRED_VERSION = 3;

    private static final long POLL_MILLIS = 500;
    private static final Pattern MAJOR_VERSION = Pattern.compile("0*(\\d{1,9})(\\..*)?");

    /** Flyway makes its table with quoted names; unquoted ones would be another table on H2. */
    private static final String APPLIED_VERSIONS = """
            SELECT "version"
            FROM "flyway_schema_history"
            WHERE "success" = CAST(1 AS BIT)
            """;

    private final JdbcClient jdbc;
    private volatile boolean isReady;
    private @Nullable ScheduledExecutorService poller;

    SchemaGate(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Tells whether the schema has been seen.
     *
     * @return false until then, true ever after, also while the database is away
     */
    public boolean isReady() {
        return isReady;
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
            var ignored = poller.scheduleWithFixedDelay(this::poll, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
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

    private void poll() {
        try {
            var versions = jdbc.sql(APPLIED_VERSIONS).query(String.class).list();
            if (versions.stream().anyMatch(SchemaGate::suffices)) {
                isReady = true;
                LOG.info("schema is there version={}", REQUIRED_VERSION);
                stop();
            }
        } catch (DataAccessException e) {
            // Expected for as long as the database is away or the table is not made; readiness tells it.
            LOG.debug("schema is not there yet", e);
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
