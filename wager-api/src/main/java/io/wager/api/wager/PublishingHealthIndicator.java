package io.wager.api.wager;

import io.wager.api.publish.GuardedPublisher;
import io.wager.core.messaging.MessagePublisher;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Keeps the load balancer away while no wager could be accepted. */
@Component("wagerPublishingHealthIndicator")
final class PublishingHealthIndicator implements HealthIndicator {

    private final GuardedPublisher publisher;

    PublishingHealthIndicator(GuardedPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Health health() {
        var state = publisher.state();
        var health = state == MessagePublisher.State.READY ? Health.up() : Health.outOfService();
        return health.withDetail("state", state)
                .withDetail("circuitBreaker", publisher.breakerState())
                .build();
    }
}
