package io.wager.consumer.queue;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Shows that consuming is paused since the database is away: as a gauge, in the log, and in the health, which stays up, because
 * the service does what it can.
 */
@Component("wagerConsumingHealthIndicator")
final class ConsumingPause implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumingPause.class);

    private final CircuitBreaker breaker;
    private final Clock clock;
    private volatile @Nullable Instant since;

    ConsumingPause(CircuitBreakerRegistry breakers, MeterRegistry meters, Clock clock) {
        this.breaker = breakers.circuitBreaker(StoreBreaker.NAME);
        this.clock = clock;
        breaker.getEventPublisher().onStateTransition(event -> follow(event.getStateTransition()));
        Gauge.builder("wager.ingest.paused", this, pause -> pause.since == null ? 0 : 1)
                .description("1 while nothing is consumed because the database is away")
                .register(meters);
    }

    @Override
    public Health health() {
        var health = Health.up()
                .withDetail("circuitBreaker", breaker.getState().name())
                .withDetail("paused", since != null);
        var pausedSince = since;
        return pausedSince == null
                ? health.build()
                : health.withDetail("since", pausedSince.toString()).build();
    }

    /** Half-open is still paused: there is one probe, and the rest waits. */
    private synchronized void follow(StateTransition transition) {
        var pausedSince = since;
        switch (transition.getToState()) {
            case OPEN, FORCED_OPEN -> {
                if (pausedSince == null) {
                    since = clock.instant();
                    LOG.warn(
                            "consuming is paused, the database is away or too slow: batches in hand are held,"
                                    + " the rest stays in the queue circuitBreaker={}",
                            breaker.getName());
                }
            }
            case CLOSED, DISABLED, METRICS_ONLY -> {
                if (pausedSince != null) {
                    since = null;
                    LOG.info(
                            "consuming goes on pausedSeconds={} circuitBreaker={}",
                            Duration.between(pausedSince, clock.instant()).toSeconds(),
                            breaker.getName());
                }
            }
            case HALF_OPEN -> LOG.debug("probing the database circuitBreaker={}", breaker.getName());
        }
    }
}
