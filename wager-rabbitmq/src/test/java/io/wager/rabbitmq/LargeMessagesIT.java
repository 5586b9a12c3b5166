package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Small messages and then the largest of the contract, with far less room than the prefetch of the small ones would take. */
final class LargeMessagesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SMALL = 200;
    private static final int LARGE = 120;
    private static final int LARGE_BYTES = 3 * 131_072;
    private static final long BUDGET = DataSize.ofMegabytes(4).toBytes();
    private static final int CHANNELS = 2;
    private static final BatchSettings BATCHES =
            new BatchSettings(100, 1024L * 1024, Duration.ofMillis(5), CHANNELS - 1);

    private final RabbitMqServer server = RabbitMqServer.shared();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Collection<String> handled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger mostAttempts = new AtomicInteger();
    private final AtomicInteger mostBatchBytes = new AtomicInteger();
    private RabbitMessagePublisher publisher;

    @BeforeEach
    void connect() {
        server.deleteTopology();
        publisher = RabbitEnds.readyPublisher(server, RabbitEnds.DEFAULTS, registry);
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void areHeldWithinTheBudgetAndAllHandled() {
        var gate = new CountDownLatch(1);
        BatchHandler gated = batch -> {
            // Whatever is delivered meanwhile is held.
            if (batch.stream().anyMatch(delivery -> delivery.message().body().length == LARGE_BYTES)) {
                awaitOpen(gate);
            }
            return record(batch);
        };
        publish(0, SMALL, 900);
        publish(SMALL, SMALL + LARGE, LARGE_BYTES);
        var source = RabbitEnds.source(
                RabbitEnds.consumingConnector(server), publisher, null, DataSize.ofBytes(BUDGET), registry);

        try (source) {
            source.subscribe(Topology.WAGER_QUEUE, BATCHES, gated);
            await().atMost(PATIENCE).until(() -> shed() > LARGE / 2.0);
            assertThat(held()).isLessThanOrEqualTo(BUDGET + CHANNELS * (LARGE_BYTES + 2_000.0));
            gate.countDown();
            await().atMost(PATIENCE).until(() -> handled.size() >= SMALL + LARGE);
            await().atMost(PATIENCE).until(() -> held() == 0);
        }

        assertThat(handled)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SMALL + LARGE)
                        .mapToObj(i -> "m-" + i)
                        .toList());
        assertThat(mostBatchBytes).hasValueLessThanOrEqualTo(1024 * 1024);
        assertThat(mostAttempts).as("deliveries of one message").hasValueLessThan(Topology.DELIVERY_LIMIT / 2);
    }

    private List<Disposition> record(List<Delivery> batch) {
        var bytes = 0;
        for (var delivery : batch) {
            handled.add(Objects.requireNonNull(delivery.message().messageId()));
            mostAttempts.accumulateAndGet(delivery.attempt(), Math::max);
            bytes += delivery.message().body().length;
        }
        mostBatchBytes.accumulateAndGet(bytes, Math::max);
        return Collections.nCopies(batch.size(), Disposition.DONE);
    }

    private void publish(int first, int end, int bytes) {
        IntStream.range(first, end)
                .mapToObj(i -> publisher.publish(
                        Topology.WAGERS, new Message("m-" + i, null, null, null, null, Map.of(), new byte[bytes])))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private double held() {
        return registry.get("wager.consume.bytes").gauge().value();
    }

    private double shed() {
        return registry.get("wager.consume.shed").counter().count();
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(closing);
        }
    }
}
