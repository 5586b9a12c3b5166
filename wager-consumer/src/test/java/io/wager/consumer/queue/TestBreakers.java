package io.wager.consumer.queue;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Breakers and retries as they are configured, with waits of a millisecond. */
public final class TestBreakers {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private TestBreakers() {}

    /** Real circuit breakers that open after two failures and probe at once. */
    public static CircuitBreakerRegistry registry() {
        return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindow(4, 2, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofMillis(1))
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
    }

    /** The breakers of both listeners. */
    public static StoreBreakers of(CircuitBreakerRegistry registry, MeterRegistry meters, Stopping stopping) {
        return new StoreBreakers(registry, meters, Clock.fixed(NOW, ZoneOffset.UTC), stopping, new BatchesInHand());
    }

    /** What the health tells of the ingest. */
    public static Map<String, Object> details(StoreBreakers breakers) {
        return Objects.requireNonNull(breakers.pauses().get(Listener.INGEST)).details();
    }

    /** A retry of some kinds of failure, until the service stops. */
    public static Retry retry(int attempts, Set<Kind> kinds, Stopping stopping) {
        return Retry.of(
                "test",
                RetryConfig.custom()
                        .maxAttempts(attempts)
                        .intervalFunction(attempt -> 1L)
                        .retryOnException(failure -> failure instanceof StoreException store
                                && kinds.contains(store.kind())
                                && !stopping.isStopping())
                        .build());
    }
}
