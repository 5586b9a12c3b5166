package io.wager.consumer.schema;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at the database, on a thread of its own, until the schema is ready, and opens the gate; so the process starts while the
 * database is away. What waiting can't cure ends the process. Goes on looking at the rights of the database's user until they are
 * there.
 */
final class SchemaWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SchemaWatch.class);

    private final SchemaMigration migration;
    private final DatabaseInspection inspection;
    private final SchemaProperties properties;
    private final SchemaGate gate;
    private final ProcessExit exit;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    SchemaWatch(
            SchemaMigration migration,
            DatabaseInspection inspection,
            SchemaProperties properties,
            SchemaGate gate,
            ProcessExit exit,
            Clock clock) {
        this.migration = migration;
        this.inspection = inspection;
        this.properties = properties;
        this.gate = gate;
        this.exit = exit;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("schema").start(this::watch);
    }

    /** Does not wait for the thread: it may be the one that closes the application. */
    @Override
    public void stop() {
        running = false;
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void watch() {
        try {
            if (properties.migrateAndExit()) {
                migrateAndExit();
            } else {
                waitAndOpen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void migrateAndExit() throws InterruptedException {
        var deadline = clock.instant().plus(properties.deadline());
        switch (lookUntil(deadline)) {
            case SchemaState.Ready ready -> {
                log.info("schema migrated: {}", ready.detail());
                exit.with(0);
            }
            case SchemaState.NotYet notYet -> {
                if (running) {
                    log.error("schema not migrated within {}: {}", properties.deadline(), notYet.reason());
                    exit.with(1);
                }
            }
            case SchemaState.Broken broken -> fail(broken.cause());
        }
    }

    private void waitAndOpen() throws InterruptedException {
        switch (lookUntil(Instant.MAX)) {
            case SchemaState.Ready ready -> {
                log.info("schema ready: {}", ready.detail());
                // Before the gate: nobody is to see the service ready first and lacking rights then.
                inspection.look();
                gate.open();
                inspectUntilDone();
            }
            case SchemaState.NotYet stoppedBefore -> log.info("stopped before the schema was ready");
            case SchemaState.Broken broken -> fail(broken.cause());
        }
    }

    /** What is missing does not keep the service from starting: whoever puts it right should not have to start it again. */
    private void inspectUntilDone() throws InterruptedException {
        while (!inspection.isDone() && !stopped.await(properties.maxBackoff().toMillis(), TimeUnit.MILLISECONDS)) {
            inspection.look();
        }
    }

    /** Looks with growing pauses until the state is final, the deadline has passed, or the application stops. */
    private SchemaState lookUntil(Instant deadline) throws InterruptedException {
        var pause = properties.minBackoff();
        var lastReason = "";
        while (true) {
            var state = properties.migrate() || properties.migrateAndExit() ? migration.migrate() : migration.check();
            if (!(state instanceof SchemaState.NotYet(var reason))) {
                return state;
            }
            if (!reason.equals(lastReason)) {
                log.warn("waiting for the schema: {}", reason);
                lastReason = reason;
            }
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)
                    || clock.instant().isAfter(deadline)) {
                return state;
            }
            pause = min(pause.multipliedBy(2), properties.maxBackoff());
        }
    }

    private void fail(RuntimeException cause) {
        log.error("the schema can't be used and waiting won't cure it; the process ends", cause);
        gate.fail(cause);
        exit.with(1);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
