package io.wager.api.schema;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Keeps the load balancer away until the schema has been seen for the first time. */
@Component("wagerSchemaHealthIndicator")
final class SchemaHealthIndicator implements HealthIndicator {

    private final SchemaGate gate;

    SchemaHealthIndicator(SchemaGate gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        return gate.isReady()
                ? Health.up().build()
                : Health.outOfService().withDetail("waitingFor", "schema").build();
    }
}
