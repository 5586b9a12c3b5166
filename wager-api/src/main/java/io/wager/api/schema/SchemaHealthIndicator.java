package io.wager.api.schema;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Keeps the load balancer away until the schema has been seen for the first time, and this service's user has every right that it
 * needs: what lacks one would answer some requests and not others.
 */
@Component("wagerSchemaHealthIndicator")
final class SchemaHealthIndicator implements HealthIndicator {

    private final SchemaPoller schema;

    SchemaHealthIndicator(SchemaPoller schema) {
        this.schema = schema;
    }

    @Override
    public Health health() {
        if (!schema.isReady()) {
            return Health.outOfService().withDetail("waitingFor", "schema").build();
        }
        var missing = schema.missingRights();
        if (missing == null) {
            return Health.outOfService().withDetail("waitingFor", "rights").build();
        }
        return missing.isEmpty()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail(
                                "missingRights",
                                missing.stream().map(Object::toString).toList())
                        .build();
    }
}
