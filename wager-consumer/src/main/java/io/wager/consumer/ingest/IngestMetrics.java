package io.wager.consumer.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.wager.core.messaging.DeadLetterReason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What became of the messages that were taken off the queue. At every moment at which no batch is in hand
 *
 * <pre>
 * wager.ingest.received = wager.ingest.stored + wager.ingest.duplicates + wager.ingest.dead (all reasons) + wager.ingest.returned
 * </pre>
 *
 * <p>A message that is delivered again counts again on both sides: after a crash the second delivery is received, and its
 * wager a duplicate. {@code wager.ingest.stored} counts rows, so its sum over all instances and restarts is the number of
 * rows, less what a crash kept from being counted between the commit and the counter.
 */
@Component
class IngestMetrics {

    private final Counter received;
    private final Counter stored;
    private final Counter duplicates;
    private final Map<DeadLetterReason, Counter> dead;
    private final Counter returned;
    private final Counter retries;
    private final DistributionSummary batchSize;
    private final Timer storeTime;

    IngestMetrics(MeterRegistry registry) {
        received = Counter.builder("wager.ingest.received")
                .description("Messages delivered to the consumer, redeliveries included")
                .register(registry);
        stored = Counter.builder("wager.ingest.stored")
                .description("Wagers for which a row was inserted")
                .register(registry);
        duplicates = Counter.builder("wager.ingest.duplicates")
                .description("Messages whose wager was stored already, with the same content")
                .register(registry);
        dead = Arrays.stream(DeadLetterReason.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        reason -> Counter.builder("wager.ingest.dead")
                                .description("Messages handed to the dead letters")
                                .tag("reason", reason.wireForm())
                                .register(registry),
                        (one, other) -> one,
                        () -> new EnumMap<>(DeadLetterReason.class)));
        returned = Counter.builder("wager.ingest.returned")
                .description("Messages left to be delivered again, because the batch could not be finished")
                .register(registry);
        retries = Counter.builder("wager.ingest.retries")
                .description("Transactions that failed and were tried again")
                .register(registry);
        batchSize = DistributionSummary.builder("wager.ingest.batch.size")
                .description("Messages in a batch")
                .baseUnit("messages")
                .register(registry);
        storeTime = Timer.builder("wager.ingest.store")
                .description("Time to store a batch, retries included")
                .publishPercentileHistogram()
                .register(registry);
    }

    void received(int messages) {
        received.increment(messages);
        batchSize.record(messages);
    }

    void stored(int messages) {
        stored.increment(messages);
    }

    void duplicates(int messages) {
        duplicates.increment(messages);
    }

    void dead(DeadLetterReason reason) {
        Objects.requireNonNull(dead.get(reason)).increment();
    }

    void returned(int messages) {
        returned.increment(messages);
    }

    void retried() {
        retries.increment();
    }

    Timer storeTime() {
        return storeTime;
    }
}
