package io.wager.consumer.queue;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells in its details what is paused and why. Always up, because the service does what it can. */
@Component("wagerConsumingHealthIndicator")
final class ConsumingHealthIndicator implements HealthIndicator {

    private final StoreBreakers breakers;

    ConsumingHealthIndicator(StoreBreakers breakers) {
        this.breakers = breakers;
    }

    @Override
    public Health health() {
        var health = Health.up();
        breakers.pauses().forEach((listener, pause) -> health.withDetail(listener.wireForm(), pause.details()));
        return health.build();
    }
}
