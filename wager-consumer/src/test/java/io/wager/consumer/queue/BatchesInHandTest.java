package io.wager.consumer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BatchesInHandTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<Delivery> BATCH =
            List.of(new Delivery(new Message("id", null, null, null, null, Map.of(), new byte[0]), Topology.WAGERS, 1));

    private final AtomicLong nanos = new AtomicLong();
    private final BatchesInHand inHand = new BatchesInHand(nanos::get);

    @Test
    void aBatchThatMakesNoProgressIsStalledUntilItDoes() {
        follow(batch -> {
            nanos.addAndGet(LIMIT.toNanos() - 1);
            assertThat(inHand.stalledFor(LIMIT)).isEmpty();
            nanos.addAndGet(1);
            assertThat(inHand.stalledFor(LIMIT))
                    .containsExactly(new BatchesInHand.StalledBatch("queue", 1, LIMIT, Thread.currentThread()));

            inHand.progressed();

            assertThat(inHand.stalledFor(LIMIT)).isEmpty();
            return List.of(Disposition.DONE);
        });
    }

    @Test
    void aBatchThatWaitsForItsTurnIsNotInHand() {
        var handle = inHand.follow("queue", new BatchHandler() {
                    @Override
                    public List<Disposition> handle(List<Delivery> batch) {
                        return prepare(batch).get();
                    }

                    @Override
                    public Supplier<List<Disposition>> prepare(List<Delivery> batch) {
                        return () -> {
                            nanos.addAndGet(LIMIT.toNanos());
                            assertThat(inHand.stalledFor(LIMIT)).hasSize(1);
                            return List.of(Disposition.DONE);
                        };
                    }
                })
                .prepare(BATCH);
        nanos.addAndGet(LIMIT.toNanos());

        assertThat(inHand.stalledFor(LIMIT)).isEmpty();
        assertThat(handle.get()).containsExactly(Disposition.DONE);
        assertThat(inHand.stalledFor(Duration.ZERO)).isEmpty();
    }

    @Test
    void aBatchThatFailedIsNotInHandAnyMore() {
        try {
            follow(batch -> {
                throw new IllegalStateException("told to fail");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("told to fail");
        }

        assertThat(inHand.stalledFor(Duration.ZERO)).isEmpty();
    }

    private void follow(BatchHandler handler) {
        var unused = inHand.follow("queue", handler).handle(BATCH);
    }
}
