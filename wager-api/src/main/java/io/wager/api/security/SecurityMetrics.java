package io.wager.api.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts requests that were not let in. */
final class SecurityMetrics {

    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    SecurityMetrics(MeterRegistry registry) {
        for (var refusal : Refusal.values()) {
            refused.put(
                    refusal,
                    Counter.builder("wager.security.refused")
                            .description("Requests that were not let in, by reason")
                            .tag("reason", refusal.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void refused(Refusal refusal) {
        // Every reason has its counter.
        refused.computeIfPresent(refusal, (reason, counter) -> {
            counter.increment();
            return counter;
        });
    }
}
