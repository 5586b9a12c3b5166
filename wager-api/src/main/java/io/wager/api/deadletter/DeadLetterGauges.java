package io.wager.api.deadletter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.api.schema.SchemaPoller;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.service.database.UnquotedFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Meters of the open dead letters: {@code wager.dead.letters.open} by reason, and {@code wager.dead.letters.oldest.open.age}
 * in seconds, 0 if none is open. Read from the database on a thread of their own, so that no scrape waits for it; not a number
 * while it can't be read. Every instance reads the same.
 */
@Component
final class DeadLetterGauges implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterGauges.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final DeadLetterRepository letters;
    private final SchemaPoller schema;
    private final Clock clock;
    private final Duration interval;
    private volatile @Nullable State state;
    private @Nullable ScheduledExecutorService timer;

    DeadLetterGauges(
            DeadLetterRepository letters,
            SchemaPoller schema,
            Clock clock,
            DeadLetterGaugeProperties properties,
            MeterRegistry registry) {
        this.letters = letters;
        this.schema = schema;
        this.clock = clock;
        this.interval = properties.interval();
        for (var reason : DeadLetterReason.values()) {
            Gauge.builder("wager.dead.letters.open", this, gauges -> gauges.open(reason))
                    .description("Dead letters that wait for a person")
                    .baseUnit("letters")
                    .tag("reason", reason.wireForm())
                    .register(registry);
        }
        Gauge.builder("wager.dead.letters.oldest.open.age", this, DeadLetterGauges::oldestAge)
                .description("Time since the first failure of the oldest open dead letter")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("dead-letter-gauges").factory());
            var unused = timer.scheduleWithFixedDelay(this::read, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** Reads what is open now. */
    void read() {
        if (!schema.isReady()) {
            return;
        }
        try {
            Map<String, Long> byReason = new HashMap<>();
            Instant oldest = null;
            for (var open : letters.open()) {
                byReason.put(open.reason(), open.letters());
                oldest = oldest == null || open.oldest().isBefore(oldest) ? open.oldest() : oldest;
            }
            state = new State(byReason, oldest);
        } catch (DataAccessException e) {
            // The API goes on without its database; its own health and the reads tell that it is away.
            state = null;
            LOG.debug("the open dead letters could not be counted", UnquotedFailure.of(e));
        }
    }

    private double open(DeadLetterReason reason) {
        var known = state;
        return known == null ? Double.NaN : known.byReason.getOrDefault(reason.wireForm(), 0L);
    }

    private double oldestAge() {
        var known = state;
        if (known == null) {
            return Double.NaN;
        }
        return known.oldest == null
                ? 0
                : Duration.between(known.oldest, clock.instant()).toNanos() / NANOS_PER_SECOND;
    }

    private record State(
            Map<String, Long> byReason, @Nullable Instant oldest) {}
}
