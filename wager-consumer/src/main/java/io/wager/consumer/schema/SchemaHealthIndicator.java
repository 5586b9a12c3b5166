package io.wager.consumer.schema;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Out of service until the schema is ready; belongs to the readiness group. */
final class SchemaHealthIndicator implements HealthIndicator {

    private final SchemaGate gate;

    SchemaHealthIndicator(SchemaGate gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        return gate.isReady()
                ? Health.up().build()
                : Health.outOfService().withDetail("schema", "not ready").build();
    }
}
