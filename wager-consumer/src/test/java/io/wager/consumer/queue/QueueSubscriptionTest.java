package io.wager.consumer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.consumer.schema.TestSchema;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueueSubscriptionTest {

    private final SlowSource source = new SlowSource();
    private final Stopping stopping = new Stopping();

    @Test
    void aStopWhileTheTransportStillSubscribesWaitsForNothingAndEndsWhatComesOfIt() throws Exception {
        var gate = TestSchema.closedGate();
        var subscription = new QueueSubscription(
                Topology.WAGER_QUEUE,
                source,
                new BatchSettings(1, Duration.ZERO, 1),
                batch -> List.of(Disposition.DONE),
                gate,
                stopping);
        subscription.start();
        var opening = Thread.ofPlatform().start(() -> TestSchema.open(gate));
        source.subscribing.await();

        subscription.stop();

        assertThat(subscription.isRunning()).isFalse();
        assertThat(source.closed).hasValue(0);
        source.mayReturn.countDown();
        opening.join();
        await().until(() -> source.closed.get() == 1);
    }

    @Test
    void itWorksAsItsSubscriptionDoes() {
        source.mayReturn.countDown();
        var subscription = new QueueSubscription(
                Topology.WAGER_QUEUE,
                source,
                new BatchSettings(1, Duration.ZERO, 1),
                batch -> List.of(Disposition.DONE),
                TestSchema.openGate(),
                stopping);
        assertThat(subscription.isWorking()).isTrue();
        subscription.start();
        assertThat(subscription.isWorking()).isTrue();

        source.isWorking = false;
        assertThat(subscription.isWorking()).isFalse();

        subscription.stop();
        assertThat(subscription.isWorking()).isTrue();
    }

    private static final class SlowSource implements MessageSource {

        private final CountDownLatch subscribing = new CountDownLatch(1);
        private final CountDownLatch mayReturn = new CountDownLatch(1);
        private final AtomicInteger closed = new AtomicInteger();
        private volatile boolean isWorking = true;

        @Override
        public Subscription subscribe(String queue, BatchSettings settings, BatchHandler handler) {
            subscribing.countDown();
            try {
                mayReturn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Subscription() {
                @Override
                public boolean isWorking() {
                    return isWorking;
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }

        @Override
        public long depth(String queue) {
            return 0;
        }
    }
}
