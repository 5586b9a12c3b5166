package io.wager.api.wager;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.wager.api.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Counts wagers as they come in. Once no request is in progress,
 *
 * <pre>wager.api.received = wager.api.wagers{accepted} + wager.api.wagers{rejected} + wager.api.wagers{failed}</pre>
 *
 * <p>A wager is received when its request reached its handler: a single one always counts, the wagers of a batch once the
 * batch could be told apart into wagers. A batch that is refused as a whole counts in {@code wager.api.refused.batches}
 * only, since nobody knows how many wagers it had.
 */
@Component
final class IngressMetrics {

    private final Counter received;
    private final Counter accepted;
    private final Counter rejected;
    private final Counter failed;
    private final Counter refusedBatches;
    private final Timer single;
    private final Timer batch;

    IngressMetrics(MeterRegistry registry) {
        received = Counter.builder("wager.api.received")
                .description("Wagers that reached the API")
                .baseUnit("wagers")
                .register(registry);
        accepted = outcome(registry, "accepted");
        rejected = outcome(registry, "rejected");
        failed = outcome(registry, "failed");
        refusedBatches = Counter.builder("wager.api.refused.batches")
                .description("Batches refused as a whole")
                .register(registry);
        single = timer(registry, "single");
        batch = timer(registry, "batch");
    }

    void received(int wagers) {
        received.increment(wagers);
    }

    void finished(List<Receipt> receipts) {
        for (var receipt : receipts) {
            switch (receipt) {
                case Receipt.Accepted ignored -> accepted.increment();
                case Receipt.Rejected ignored -> rejected.increment();
                case Receipt.Failed ignored -> failed.increment();
            }
        }
    }

    /** A single wager whose body was not read: the fault of its sender, or of ours and to be sent again. */
    void unread(ProblemType type) {
        (type.isRetryable() ? failed : rejected).increment();
    }

    /** Wagers whose request ended by a fault of ours, so that nothing can be said of any. */
    void lost(int wagers) {
        failed.increment(wagers);
    }

    void refusedBatch() {
        refusedBatches.increment();
    }

    <T> T timeSingle(Supplier<T> handling) {
        return single.record(handling);
    }

    <T> T timeBatch(Supplier<T> handling) {
        return batch.record(handling);
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder("wager.api.wagers")
                .description("Wagers by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String request) {
        return Timer.builder("wager.api.accept")
                .description("From the first byte of the body to the receipt")
                .tag("request", request)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }
}
