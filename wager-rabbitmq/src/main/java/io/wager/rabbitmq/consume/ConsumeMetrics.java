package io.wager.rabbitmq.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Meters of consuming, of all subscriptions of an instance together.
 *
 * <ul>
 *   <li>{@code wager.consume.bytes}: bytes of delivered messages that are held at this moment
 *   <li>{@code wager.consume.shed}: messages whose bodies were dropped for want of room, and which were given back to be delivered
 *       again
 *   <li>{@code wager.consume.parked}: messages that wait for their dead letters to be durable
 *   <li>{@code wager.consume.kept}: dead letters that could not be published and were committed to the archive instead
 * </ul>
 */
final class ConsumeMetrics {

    private final Counter shed;
    private final Counter kept;
    private final AtomicInteger parked = new AtomicInteger();

    ConsumeMetrics(MeterRegistry registry, ByteBudget budget) {
        shed = Counter.builder("wager.consume.shed")
                .description("Delivered messages whose bodies were dropped for want of room, to be delivered again")
                .register(registry);
        kept = Counter.builder("wager.consume.kept")
                .description("Dead letters that could not be published and were committed to the archive instead")
                .register(registry);
        Gauge.builder("wager.consume.parked", parked, AtomicInteger::get)
                .description("Messages that wait for their dead letters to be durable")
                .register(registry);
        Gauge.builder("wager.consume.bytes", budget, ByteBudget::held)
                .description("Bytes of delivered messages that are held")
                .baseUnit("bytes")
                .register(registry);
    }

    void shed() {
        shed.increment();
    }

    void kept(int letters) {
        kept.increment(letters);
    }

    void parked(int change) {
        parked.addAndGet(change);
    }
}
