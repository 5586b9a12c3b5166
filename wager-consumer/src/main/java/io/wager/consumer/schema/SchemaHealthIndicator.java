package io.wager.consumer.schema;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Out of service until the schema is ready and the database's user has the rights that it needs; belongs to the readiness group.
 * Read committed snapshot is only told: without it everything goes right, and a service less would not make it faster.
 */
final class SchemaHealthIndicator implements HealthIndicator {

    private final SchemaGate gate;
    private final DatabaseInspection inspection;

    SchemaHealthIndicator(SchemaGate gate, DatabaseInspection inspection) {
        this.gate = gate;
        this.inspection = inspection;
    }

    @Override
    public Health health() {
        var missing = inspection.missingRights();
        if (!gate.isReady()) {
            return Health.outOfService().withDetail("schema", "not ready").build();
        }
        if (missing == null) {
            return Health.outOfService().withDetail("rights", "not known yet").build();
        }
        var health = missing.isEmpty()
                ? Health.up()
                : Health.outOfService()
                        .withDetail(
                                "missingRights",
                                missing.stream().map(Object::toString).toList());
        return inspection.isSnapshotOff()
                ? health.withDetail("readCommittedSnapshot", "off").build()
                : health.build();
    }
}
