package io.wager.consumer.deadletter;

import io.wager.consumer.schema.SchemaGate;
import io.wager.core.deadletter.DeadLetterStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Deletes, again and again on a thread of its own, the dead letters whose time is over: those that were resolved or discarded
 * long enough ago. Begins once the schema is there; what fails is tried again at the next interval.
 */
final class DeadLetterRetention implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRetention.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final SettledDeadLetterRepository repository;
    private final DeadLetterProperties properties;
    private final SchemaGate schema;
    private final DeadLetterMetrics metrics;
    private final Clock clock;

    private @Nullable ScheduledExecutorService timer;
    /** Read by the timer's thread while {@link #stop()} waits for it. */
    private volatile boolean isStopping;

    DeadLetterRetention(
            SettledDeadLetterRepository repository,
            DeadLetterProperties properties,
            SchemaGate schema,
            DeadLetterMetrics metrics,
            Clock clock) {
        this.repository = repository;
        this.properties = properties;
        this.schema = schema;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("dead-letter-retention").factory());
        timer = started;
        isStopping = false;
        var millis = properties.retentionInterval().toMillis();
        var unused = started.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for the batch in hand, which needs the database. */
    @Override
    public synchronized void stop() {
        if (timer == null) {
            return;
        }
        isStopping = true;
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("still deleting dead letters after {}", LONGEST_STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** An exception that left it would end the schedule. */
    private void tick() {
        if (!schema.isReady()) {
            return;
        }
        try {
            deleteAll();
        } catch (RuntimeException e) {
            LOG.warn("dead letters were not deleted, trying again cause={}", String.valueOf(e));
        }
    }

    /** Deletes everything whose time is over, batch by batch. */
    void deleteAll() {
        deleteAll(DeadLetterStatus.RESOLVED, properties.resolvedRetention());
        deleteAll(DeadLetterStatus.DISCARDED, properties.discardedRetention());
    }

    private void deleteAll(DeadLetterStatus status, Duration retention) {
        var before = clock.instant().minus(retention);
        var total = 0;
        int deleted;
        do {
            deleted = repository.delete(status, before, properties.retentionBatchSize());
            metrics.deleted(status, deleted);
            total += deleted;
        } while (deleted == properties.retentionBatchSize() && !isStopping);
        if (total > 0) {
            LOG.info("deleted dead letters status={} count={} changedBefore={}", status.wireForm(), total, before);
        }
    }
}
