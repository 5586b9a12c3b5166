package io.wager.consumer.queue;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Shows that one listener is paused since the database takes nothing from it, and why: as a gauge, in the log, and in the health.
 * Takes no lock, since Resilience4j calls it under a lock of its own.
 */
final class ConsumingPause {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumingPause.class);

    private final Listener listener;
    private final CircuitBreaker breaker;
    private final Clock clock;
    private final Map<Kind, Counter> failures = new EnumMap<>(Kind.class);
    private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();
    private final AtomicReference<@Nullable SystemFailure> last = new AtomicReference<>();
    /** The kind that the log was told of in this pause. */
    private final AtomicReference<@Nullable Kind> told = new AtomicReference<>();

    ConsumingPause(Listener listener, CircuitBreaker breaker, MeterRegistry meters, Clock clock) {
        this.listener = listener;
        this.breaker = breaker;
        this.clock = clock;
        SystemFailure.KINDS.forEach((kind, name) -> failures.put(
                kind,
                Counter.builder("wager.consume.system.failures")
                        .description("Transactions that failed through a fault of the system, not of the data")
                        .tag("listener", listener.wireForm())
                        .tag("kind", name)
                        .register(meters)));
        Gauge.builder("wager." + listener.wireForm() + ".paused", this, pause -> pause.isPaused() ? 1 : 0)
                .description("1 while consuming is paused because of the database")
                .register(meters);
        breaker.getEventPublisher().onStateTransition(event -> follow());
    }

    /** Notes why a transaction failed; to be called before the breaker is told, which may then open. */
    void failed(StoreException failure) {
        Objects.requireNonNull(failures.get(failure.kind())).increment();
        last.set(SystemFailure.of(failure));
        if (since.get() != null) {
            tell();
        }
    }

    /** Half-open is still paused: there is one probe, and the rest waits. */
    boolean isPaused() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN, HALF_OPEN -> true;
            case CLOSED, DISABLED, METRICS_ONLY -> false;
        };
    }

    /** What the health tells: nothing that holds SQL or data. */
    Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        var pausedSince = since.get();
        details.put("circuitBreaker", breaker.getState().name());
        details.put("paused", pausedSince != null);
        if (pausedSince != null) {
            details.put("since", pausedSince.toString());
            var failure = last.get();
            if (failure != null) {
                details.put("kind", failure.kindName());
                details.put("cause", failure.cause());
                details.put("code", failure.code());
                if (failure.sqlState() != null) {
                    details.put("sqlState", failure.sqlState());
                }
            }
        }
        return details;
    }

    /**
     * Asks for the state that is, not for the one that was gone to: events of two transitions may come in either order. Asks again,
     * or a state that changed meanwhile would stay unseen.
     */
    private void follow() {
        boolean isPaused;
        do {
            isPaused = isPaused();
            if (isPaused) {
                begin();
            } else {
                end();
            }
        } while (isPaused != isPaused());
    }

    private void begin() {
        if (since.compareAndSet(null, clock.instant())) {
            tell();
        }
    }

    private void end() {
        var pausedSince = since.getAndSet(null);
        if (pausedSince != null) {
            told.set(null);
            last.set(null);
            LOG.info(
                    "consuming continues listener={} pausedSeconds={}",
                    listener.wireForm(),
                    Duration.between(pausedSince, clock.instant()).toSeconds());
        }
    }

    /** Once in a pause for each kind of failure that follows another. */
    private void tell() {
        var failure = last.get();
        if (failure == null) {
            LOG.warn("consuming is paused, the database is too slow listener={}", listener.wireForm());
        } else if (told.getAndSet(failure.kind()) != failure.kind()) {
            LOG.atLevel(failure.kind() == Kind.OUTAGE ? Level.WARN : Level.ERROR)
                    .log(
                            "consuming is paused, {}: batches in hand are held, the rest stays in the queue"
                                    + " listener={} kind={} cause={} code={} sqlState={}",
                            reason(failure.kind()),
                            listener.wireForm(),
                            failure.kindName(),
                            failure.cause(),
                            failure.code(),
                            failure.sqlState());
        }
    }

    private static String reason(Kind kind) {
        return switch (kind) {
            case MISCONFIGURED -> "the database lacks a right, an object or a column: correct it";
            case SYSTEM -> "every transaction fails for an unknown reason: check the database";
            case OUTAGE, CONTENTION, DATA, UNKNOWN -> "the database is away or too slow";
        };
    }
}
