package io.wager.consumer.queue;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The breakers of the two listeners that write to the database. */
@Component
public final class StoreBreakers {

    private final Map<Listener, ConsumingPause> pauses = new EnumMap<>(Listener.class);
    private final Map<Listener, StoreBreaker> breakers = new EnumMap<>(Listener.class);

    /**
     * Makes both.
     *
     * @param registry has the configured circuit breakers
     * @param meters gets the gauges of the pauses
     * @param clock gives the time at which a pause begins
     * @param stopping ends all waiting
     * @param inHand gets the progress of batches
     */
    public StoreBreakers(
            CircuitBreakerRegistry registry,
            MeterRegistry meters,
            Clock clock,
            Stopping stopping,
            BatchesInHand inHand) {
        for (var listener : Listener.values()) {
            var breaker = registry.circuitBreaker(listener.breaker());
            var pause = new ConsumingPause(listener, breaker, meters, clock);
            pauses.put(listener, pause);
            breakers.put(listener, new StoreBreaker(breaker, pause, stopping, inHand));
        }
    }

    /** The breaker of the transactions that store wagers. */
    public StoreBreaker ingest() {
        return Objects.requireNonNull(breakers.get(Listener.INGEST));
    }

    /** The breaker of the transactions that archive dead letters. */
    public StoreBreaker archive() {
        return Objects.requireNonNull(breakers.get(Listener.ARCHIVE));
    }

    Map<Listener, ConsumingPause> pauses() {
        return pauses;
    }
}
