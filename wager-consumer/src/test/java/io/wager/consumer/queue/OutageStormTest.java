package io.wager.consumer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real circuit breakers, whose own threads half-open them at the very moment at which batches ask. */
@Timeout(60)
class OutageStormTest {

    private static final int BATCHES = 1_500;
    private static final int THREADS_OF_A_LISTENER = 2;

    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void thousandsOfShortOutagesHoldNothingForEver() {
        var registry = TestBreakers.registry();
        var breakers = TestBreakers.of(registry, new SimpleMeterRegistry(), new Stopping());
        for (var circuit : registry.getAllCircuitBreakers()) {
            circuit.getEventPublisher().onStateTransition(event -> changes.incrementAndGet());
        }
        var stored = new AtomicInteger();
        var archived = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (var i = 0; i < THREADS_OF_A_LISTENER; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> handleAll(breakers.ingest(), stored)));
            threads.add(Thread.ofPlatform().daemon().start(() -> handleAll(breakers.archive(), archived)));
        }

        await().atMost(Duration.ofSeconds(50))
                .until(() -> threads.stream().noneMatch(Thread::isAlive) || deadlocked() != null);

        assertThat(deadlocked()).isNull();
        assertThat(stored).hasValue(THREADS_OF_A_LISTENER * BATCHES);
        assertThat(archived).hasValue(THREADS_OF_A_LISTENER * BATCHES);
        assertThat(changes).hasValueGreaterThan(1_000);
    }

    private static long @Nullable [] deadlocked() {
        return ManagementFactory.getThreadMXBean().findDeadlockedThreads();
    }

    private static void handleAll(StoreBreaker breaker, AtomicInteger handled) {
        for (var batch = 0; batch < BATCHES; batch++) {
            while (!isHandled(breaker)) {
                Thread.onSpinWait();
            }
            handled.incrementAndGet();
        }
    }

    private static boolean isHandled(StoreBreaker breaker) {
        try {
            return breaker.call(() -> {
                if (ThreadLocalRandom.current().nextInt(3) == 0) {
                    throw new StoreException(Kind.OUTAGE, "away", new IllegalStateException("away"));
                }
                return true;
            });
        } catch (StoreException away) {
            return false;
        }
    }
}
