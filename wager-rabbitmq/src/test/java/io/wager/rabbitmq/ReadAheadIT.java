package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.TransportEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The next batch is prepared while one is handled, on a real broker. */
final class ReadAheadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BATCH = 5;
    private static final BatchSettings ONE_AT_A_TIME = new BatchSettings(BATCH, Duration.ofMillis(10), 1);

    private final RabbitMqServer server = RabbitMqServer.shared();
    private final Recorder recorder = new Recorder();
    private final List<TransportEnds> open = new ArrayList<>();

    @BeforeEach
    void open() {
        server.deleteTopology();
        var ends = RabbitEnds.open(server);
        open.add(ends);
        ends.source().subscribe(Topology.WAGER_QUEUE, ONE_AT_A_TIME, recorder);
    }

    @AfterEach
    void close() {
        recorder.gate.countDown();
        open.forEach(ends -> ends.stop().run());
    }

    @Test
    void theNextBatchIsPreparedWhileOneIsHandledAndHandledAfterwards() {
        // More than the two batches that the first channel may hold.
        var ids = publish(4 * BATCH);

        await().atMost(PATIENCE).until(() -> recorder.prepared.get() == 2);
        assertThat(recorder.handling).hasValue(1);
        assertThat(recorder.handled).isEmpty();

        recorder.gate.countDown();
        await().atMost(PATIENCE).until(() -> recorder.handled.size() >= ids.size());
        assertThat(recorder.handled).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(recorder.mostAtOnce).hasValue(1);
    }

    @Test
    void withLittleToDoEverythingComesOnOneChannel() {
        recorder.gate.countDown();
        for (var i = 0; i < 20; i++) {
            var before = recorder.handled.size();
            publish(1);
            await().atMost(PATIENCE).until(() -> recorder.handled.size() > before);
        }

        assertThat(recorder.threads).hasSize(1);
    }

    private List<String> publish(int count) {
        var ids = IntStream.range(0, count)
                .mapToObj(i -> recorder.handled.size() + "-" + i)
                .toList();
        ids.stream()
                .map(id -> open.getFirst()
                        .publisher()
                        .publish(Topology.WAGERS, new Message(id, null, null, null, null, Map.of(), new byte[0])))
                .toList()
                .forEach(CompletableFuture::join);
        return ids;
    }

    /** Lets nothing be handled before its gate is open. */
    private static final class Recorder implements BatchHandler {

        private final CountDownLatch gate = new CountDownLatch(1);
        private final AtomicInteger prepared = new AtomicInteger();
        private final AtomicInteger handling = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private final Collection<String> handled = new ConcurrentLinkedQueue<>();
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        @Override
        public Supplier<List<Disposition>> prepare(List<Delivery> batch) {
            prepared.incrementAndGet();
            threads.add(Thread.currentThread());
            return () -> handle(batch);
        }

        @Override
        public List<Disposition> handle(List<Delivery> batch) {
            mostAtOnce.accumulateAndGet(handling.incrementAndGet(), Math::max);
            try {
                gate.await();
                batch.forEach(delivery ->
                        handled.add(Objects.requireNonNull(delivery.message().messageId())));
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(closing);
            } finally {
                handling.decrementAndGet();
            }
            return batch.stream().<Disposition>map(delivery -> Disposition.DONE).toList();
        }
    }
}
