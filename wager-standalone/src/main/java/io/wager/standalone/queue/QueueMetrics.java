package io.wager.standalone.queue;

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

/**
 * Meters of the embedded queue. Those of publishing have the names and the equation of the RabbitMQ transport: messages given
 * to the publisher = the sum of {@code wager.publish.messages} over all outcomes + {@code wager.publish.outstanding}.
 *
 * <ul>
 *   <li>{@code wager.publish.messages}: messages by {@code outcome}
 *   <li>{@code wager.publish.confirm}: time from the call to the commit, of confirmed messages
 *   <li>{@code wager.publish.outstanding}: messages that wait for their commit
 *   <li>{@code wager.publish.connection}: 1 for the {@code state} that the publisher is in, 0 for the others
 *   <li>{@code wager.queue.messages}: messages in each {@code queue}
 *   <li>{@code wager.queue.file}: size of the file in bytes
 * </ul>
 */
final class QueueMetrics {

    private final MeterRegistry registry;
    private final Map<PublishOutcome, Counter> outcomes = new EnumMap<>(PublishOutcome.class);
    private final Timer confirm;

    QueueMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (var outcome : PublishOutcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("wager.publish.messages")
                            .description("Messages given to the publisher, by how publishing ended")
                            .tag("outcome", outcome.tag())
                            .register(registry));
        }
        confirm = Timer.builder("wager.publish.confirm")
                .description("Time from the call to the commit")
                .register(registry);
    }

    void observe(EmbeddedTransport transport, Iterable<QueueState> queues) {
        Gauge.builder("wager.publish.outstanding", transport, EmbeddedTransport::outstanding)
                .description("Messages that wait for their commit")
                .register(registry);
        Arrays.stream(State.values())
                .forEach(each -> Gauge.builder(
                                "wager.publish.connection", transport, ends -> ends.state() == each ? 1 : 0)
                        .description("1 for the state that the publisher is in")
                        .tag("state", each.name().toLowerCase(Locale.ROOT))
                        .register(registry));
        queues.forEach(queue -> Gauge.builder("wager.queue.messages", queue, QueueState::depth)
                .description("Messages in a queue")
                .tag("queue", queue.name())
                .register(registry));
        Gauge.builder("wager.queue.file", transport, EmbeddedTransport::fileBytes)
                .description("Size of the embedded queue's file")
                .baseUnit("bytes")
                .register(registry);
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
