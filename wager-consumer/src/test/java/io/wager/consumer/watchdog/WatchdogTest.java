package io.wager.consumer.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.queue.BatchesInHand;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;

@Timeout(60)
class WatchdogTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Symptom> found = new ArrayList<>();
    private final List<Object> events = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Watchdog watchdog =
            new Watchdog(() -> List.copyOf(found), THREADS, events::add, Duration.ofSeconds(10), meters);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    @Test
    void whatIsCertainTurnsLivenessFalseOnceAndForEverWithAThreadDump() {
        watchdog.look();
        assertThat(events).isEmpty();
        assertThat(broken()).isZero();

        found.add(symptom("stalled", true));
        watchdog.look();
        watchdog.look();
        found.clear();
        watchdog.look();

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        AvailabilityChangeEvent.class,
                        event -> assertThat(event.getState()).isEqualTo(LivenessState.BROKEN));
        assertThat(broken()).isOne();
        assertThat(log.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("stalled")
                        .contains("\"" + Thread.currentThread().getName() + "\"")
                        .contains("WatchdogTest.whatIsCertain"));
    }

    @Test
    void whatMayPassCountsOnlyIfTheNextLookFindsItAgain() {
        found.add(symptom("one", false));
        watchdog.look();
        found.clear();
        watchdog.look();
        found.add(symptom("one", false));
        watchdog.look();
        assertThat(events).isEmpty();

        watchdog.look();

        assertThat(events).hasSize(1);
    }

    @Test
    void aLookThatFailsIsNotTheLast() throws Exception {
        var looks = new CountDownLatch(2);
        var failing = new Watchdog(
                () -> {
                    looks.countDown();
                    throw new IllegalStateException("told to fail");
                },
                THREADS,
                events::add,
                Duration.ofMillis(1),
                new SimpleMeterRegistry());

        failing.start();

        looks.await();
        failing.stop();
        assertThat(failing.isRunning()).isFalse();
    }

    @Test
    void aDeadlockIsFound() throws Exception {
        var symptoms = new Symptoms(new BatchesInHand(), List.of(), THREADS, Duration.ofHours(1));
        assertThat(symptoms.get()).isEmpty();
        var one = new ReentrantLock();
        var other = new ReentrantLock();
        var bothHeld = new CountDownLatch(2);
        var threads = List.of(deadlocking(one, other, bothHeld), deadlocking(other, one, bothHeld));
        try {
            await().until(() -> !symptoms.get().isEmpty());

            assertThat(symptoms.get())
                    .singleElement()
                    .satisfies(symptom -> assertThat(symptom.description())
                            .contains(Long.toString(threads.getFirst().threadId()))
                            .contains(Long.toString(threads.getLast().threadId())));
        } finally {
            threads.forEach(Thread::interrupt);
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void theDumpShowsVirtualThreadsThatAreAskedFor() throws Exception {
        var mayEnd = new CountDownLatch(1);
        var thread = Thread.ofVirtual().name("virtual-worker").start(() -> {
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);

        assertThat(ThreadDump.of(THREADS, Set.of(thread)))
                .contains("\"virtual-worker\" virtual")
                .contains("CountDownLatch.await");

        mayEnd.countDown();
        thread.join();
    }

    @Test
    void theLimitAllowsForEveryTimeLimitBelowIt() {
        assertThat(TransactionDeadline.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(40)))
                .isEqualTo(Duration.ofSeconds(20 * 40 + 3 * 5 + 120));
    }

    private static Thread deadlocking(ReentrantLock first, ReentrantLock second, CountDownLatch bothHeld) {
        return Thread.ofPlatform().daemon().start(() -> {
            first.lock();
            try {
                bothHeld.countDown();
                bothHeld.await();
                second.lockInterruptibly();
                second.unlock();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                first.unlock();
            }
        });
    }

    private double broken() {
        return meters.get("wager.watchdog.broken").gauge().value();
    }

    private static Symptom symptom(String description, boolean isCertain) {
        return new Symptom(description, description, isCertain, Set.of());
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Watchdog.class);
    }
}
