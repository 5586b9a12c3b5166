package io.wager.consumer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.actuate.health.Status;

@Timeout(60)
class StoreBreakerTest {

    private static final int LEAST_CALLS = 2;
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final AtomicLong nanos = new AtomicLong();
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindow(4, LEAST_CALLS, SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(50)
            .slowCallDurationThreshold(Duration.ofSeconds(20))
            .slowCallRateThreshold(100)
            // The tests half-open it themselves.
            .waitDurationInOpenState(Duration.ofDays(1))
            .permittedNumberOfCallsInHalfOpenState(1)
            .currentTimestampFunction(clock -> nanos.get(), TimeUnit.NANOSECONDS)
            .build());
    private final CircuitBreaker circuit = breakers.circuitBreaker("wager-store");
    private final Stopping stopping = new Stopping();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoreBreakers both = TestBreakers.of(breakers, meters, stopping);
    private final StoreBreaker breaker = both.ingest();
    private final ConsumingHealthIndicator pause = new ConsumingHealthIndicator(both);

    @Test
    void anOutageHoldsTheNextBatchBackUntilAProbeMayTry() {
        goAway();
        var tries = new AtomicInteger();

        var held = async(tries::incrementAndGet);
        awaitHeldBack(1);

        assertThat(tries).hasValue(0);
        circuit.transitionToHalfOpenState();
        assertThat(held.join()).isEqualTo(1);
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTENTION", "DATA", "UNKNOWN"})
    void whatIsNoOutagePausesNothing(Kind kind) {
        for (var i = 0; i < 20; i++) {
            fail(kind);
        }

        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
        assertThat(breaker.call(() -> "stored")).isEqualTo("stored");
    }

    @Test
    void transactionsThatTakeTooLongPauseToo() {
        for (var i = 0; i < LEAST_CALLS; i++) {
            assertThat(breaker.call(() -> nanos.addAndGet(TimeUnit.SECONDS.toNanos(21))))
                    .isPositive();
        }

        assertThat(circuit.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void probesAreOneAtATimeAndTheRestGoesOnAfterOneThatSucceeded() {
        goAway();
        var probing = new AtomicInteger();
        var stored = new AtomicInteger();
        var returns = new CountDownLatch(1);
        Supplier<Integer> work = () -> {
            probing.incrementAndGet();
            awaitIt(returns);
            return stored.incrementAndGet();
        };
        List<CompletableFuture<Integer>> held = new ArrayList<>();
        for (var i = 0; i < 8; i++) {
            held.add(async(work));
        }
        awaitHeldBack(8);

        circuit.transitionToHalfOpenState();
        await().until(() -> probing.get() == 1);
        awaitHeldBack(7);
        assertThat(probing).hasValue(1);
        returns.countDown();

        CompletableFuture.allOf(held.toArray(CompletableFuture[]::new)).join();
        assertThat(stored).hasValue(8);
    }

    @Test
    void aProbeThatFailsKeepsTheRestHeld() {
        goAway();
        var tries = new AtomicInteger();
        Supplier<Integer> work = () -> {
            if (tries.incrementAndGet() == 1) {
                throw failure(Kind.OUTAGE);
            }
            return tries.get();
        };
        var held = List.of(async(work), async(work));
        awaitHeldBack(2);

        circuit.transitionToHalfOpenState();
        await().until(() -> held.stream().anyMatch(CompletableFuture::isDone));

        assertThat(circuit.getState()).isEqualTo(State.OPEN);
        assertThat(tries).hasValue(1);
        awaitHeldBack(1);
        circuit.transitionToHalfOpenState();
        await().until(() -> held.stream().allMatch(CompletableFuture::isDone));
        assertThat(held).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(1);
        assertThat(tries).hasValue(2);
    }

    @Test
    void aProbeThatSaysNothingLeavesItsPlaceToTheNext() {
        goAway();
        circuit.transitionToHalfOpenState();

        fail(Kind.CONTENTION);

        assertThat(circuit.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.call(() -> "stored")).isEqualTo("stored");
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void whatSetOutBeforeThePauseAndFailsLateIsNoProbe() {
        var started = new CountDownLatch(1);
        var returns = new CountDownLatch(1);
        var late = async(() -> {
            started.countDown();
            awaitIt(returns);
            throw failure(Kind.OUTAGE);
        });
        awaitIt(started);
        goAway();
        circuit.transitionToHalfOpenState();

        returns.countDown();
        await().until(late::isDone);

        assertThat(circuit.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.call(() -> "stored")).isEqualTo("stored");
    }

    @Test
    void stoppingLetsGoOfWhatIsHeldWithoutATry() {
        goAway();
        var tries = new AtomicInteger();
        var held = async(tries::incrementAndGet);
        awaitHeldBack(1);

        stopping.set(true);

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(held::join)
                .havingCause()
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUTAGE));
        assertThat(tries).hasValue(0);
    }

    @Test
    void thePauseIsShownUntilAProbeSucceeded() {
        assertThat(paused("ingest")).isZero();
        assertThat(details("ingest")).containsEntry("paused", false);

        goAway();
        assertThat(paused("ingest")).isEqualTo(1);
        assertThat(pause.health().getStatus()).isEqualTo(Status.UP);
        assertThat(details("ingest"))
                .containsEntry("paused", true)
                .containsEntry("since", TestBreakers.NOW.toString())
                .containsEntry("circuitBreaker", "OPEN")
                .containsEntry("kind", "outage")
                .containsEntry("cause", "IllegalStateException");

        circuit.transitionToHalfOpenState();
        assertThat(paused("ingest")).isEqualTo(1);

        breaker.call(() -> "stored");
        assertThat(paused("ingest")).isZero();
        assertThat(details("ingest")).containsEntry("paused", false).doesNotContainKeys("since", "kind");
    }

    @Test
    void theOutageOfTheOneDoesNotPauseTheOther() {
        for (var i = 0; i < LEAST_CALLS; i++) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> both.archive().call(() -> {
                        throw failure(Kind.MISCONFIGURED);
                    }));
        }

        assertThat(paused("archive")).isEqualTo(1);
        assertThat(details("archive")).containsEntry("paused", true).containsEntry("kind", "misconfigured");
        assertThat(paused("ingest")).isZero();
        assertThat(details("ingest")).containsEntry("paused", false);
        assertThat(breaker.call(() -> "stored")).isEqualTo("stored");
    }

    @Test
    void aProbeThatCrashesLeavesItsPlaceToTheNext() {
        goAway();
        circuit.transitionToHalfOpenState();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> breaker.call(() -> {
                    throw new IllegalStateException("crash");
                }));

        assertThat(breaker.call(() -> "stored")).isEqualTo("stored");
    }

    @Test
    void anInterruptEndsTheWait() {
        goAway();
        var thread = new AtomicReference<Thread>();
        var held = async(() -> "never");
        var interrupted = CompletableFuture.supplyAsync(
                () -> {
                    thread.set(Thread.currentThread());
                    return breaker.call(() -> "never");
                },
                THREADS);
        awaitHeldBack(2);

        Objects.requireNonNull(thread.get()).interrupt();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(interrupted::join)
                .havingCause()
                .isInstanceOf(StoreException.class);
        assertThat(held).isNotDone();
    }

    private void goAway() {
        for (var i = 0; i < LEAST_CALLS; i++) {
            fail(Kind.OUTAGE);
        }
        assertThat(circuit.getState()).isEqualTo(State.OPEN);
    }

    private void fail(Kind kind) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> breaker.call(() -> {
                    throw failure(kind);
                }))
                .returns(kind, StoreException::kind);
    }

    private static StoreException failure(Kind kind) {
        return new StoreException(kind, "told to fail", new IllegalStateException("told to fail"));
    }

    private <T> CompletableFuture<T> async(Supplier<T> work) {
        return CompletableFuture.supplyAsync(() -> breaker.call(work), THREADS);
    }

    private void awaitHeldBack(int count) {
        await().until(() -> breaker.heldBack() == count);
    }

    private double paused(String listener) {
        return meters.get("wager." + listener + ".paused").gauge().value();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> details(String listener) {
        return (Map<String, Object>)
                Objects.requireNonNull(pause.health().getDetails().get(listener));
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
