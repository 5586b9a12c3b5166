package io.wager.rabbitmq;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.wager.core.messaging.MessagePublisher.State;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Meters of publishing. Messages given to the publisher = the sum of {@code wager.publish.messages} over all outcomes +
 * {@code wager.publish.outstanding}.
 *
 * <ul>
 *   <li>{@code wager.publish.messages}: messages, by {@code outcome}: confirmed, nacked, returned, unconfirmed, unreachable,
 *       blocked, saturated
 *   <li>{@code wager.publish.confirm}: time from the call to the broker's confirm, of confirmed messages
 *   <li>{@code wager.publish.outstanding}: messages on their way at this moment
 *   <li>{@code wager.publish.connection}: 1 for the {@code state} that the publisher is in (ready, disconnected, blocked), 0
 *       for the others
 * </ul>
 */
final class PublishMetrics {

    private final Map<PublishOutcome, Counter> outcomes = new EnumMap<>(PublishOutcome.class);
    private final Timer confirm;

    PublishMetrics(MeterRegistry registry, Supplier<Number> outstanding, Supplier<State> state) {
        for (var outcome : PublishOutcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("wager.publish.messages")
                            .description("Messages given to the publisher, by how publishing ended")
                            .tag("outcome", outcome.tag())
                            .register(registry));
        }
        confirm = Timer.builder("wager.publish.confirm")
                .description("Time from the call to the broker's confirm")
                .register(registry);
        Gauge.builder("wager.publish.outstanding", outstanding)
                .description("Messages on their way to the broker and not yet confirmed")
                .register(registry);
        Arrays.stream(State.values())
                .forEach(each -> Gauge.builder("wager.publish.connection", () -> state.get() == each ? 1 : 0)
                        .description("1 for the state that the publisher is in")
                        .tag("state", each.name().toLowerCase(Locale.ROOT))
                        .register(registry));
    }

    void ended(PublishOutcome outcome, long nanos) {
        var counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
        if (outcome == PublishOutcome.CONFIRMED) {
            confirm.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
