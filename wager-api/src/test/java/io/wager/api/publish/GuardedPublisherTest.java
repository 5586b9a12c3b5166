package io.wager.api.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.wager.api.support.FakePublisher;
import io.wager.api.support.HandSetClock;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.messaging.Topology;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GuardedPublisherTest {

    private static final int LEAST_CALLS = 20;
    private static final int PROBES = 3;
    private static final Duration OPEN = Duration.ofSeconds(2);

    private final HandSetClock clock = new HandSetClock();
    private final FakePublisher transport = new FakePublisher();
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindow(5, LEAST_CALLS, SlidingWindowType.TIME_BASED)
            .failureRateThreshold(50)
            .waitDurationInOpenState(OPEN)
            .permittedNumberOfCallsInHalfOpenState(PROBES)
            .clock(clock)
            .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
            .build());
    private final GuardedPublisher publisher = new GuardedPublisher(transport, breakers);

    @Test
    void whatTheTransportAnswersIsPassedOnAsItIs() {
        var answer = new CompletableFuture<Void>();
        transport.answer(message -> answer);

        assertThat(publish()).isSameAs(answer);
        assertThat(transport.published()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"UNROUTABLE", "SATURATED"})
    void aBrokerThatFailsIsAskedNoMoreUntilTheBreakerHalfOpens(Reason reason) {
        fail(reason, LEAST_CALLS);
        transport.answer(message -> FakePublisher.durable());

        var refused = publish();

        assertThat(transport.published()).hasSize(LEAST_CALLS);
        assertThat(reasonOf(refused)).isIn(Reason.UNREACHABLE, Reason.BLOCKED);
        clock.pass(OPEN.plusMillis(1));
        assertThat(publish()).isCompleted();
    }

    @Test
    void anOpenBreakerSaysWhatOpenedIt() {
        fail(Reason.BLOCKED, LEAST_CALLS);

        assertThat(reasonOf(publish())).isEqualTo(Reason.BLOCKED);
        assertThat(publisher.state()).isEqualTo(State.BLOCKED);
    }

    @Test
    void aSilentBrokerShowsAsDisconnectedAlthoughItsConnectionIsOpen() {
        fail(Reason.UNCONFIRMED, LEAST_CALLS);

        assertThat(transport.state()).isEqualTo(State.READY);
        assertThat(reasonOf(publish())).isEqualTo(Reason.UNREACHABLE);
        assertThat(publisher.state()).isEqualTo(State.DISCONNECTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNROUTABLE", "SATURATED"})
    void whatIsNotTheBrokersHealthOpensNothing(Reason reason) {
        fail(reason, 10 * LEAST_CALLS);

        assertThat(reasonOf(publish())).isEqualTo(reason);
        assertThat(publisher.state()).isEqualTo(State.READY);
    }

    @Test
    void anUnknownFailureCountsAndIsThrownAsItIs() {
        transport.answer(message -> {
            throw new IllegalStateException("told to fail");
        });

        for (var i = 0; i < LEAST_CALLS; i++) {
            assertThatThrownBy(this::publish).hasMessage("told to fail");
        }

        assertThat(reasonOf(publish())).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void fewFailuresOpenNothing() {
        fail(Reason.UNREACHABLE, LEAST_CALLS - 1);

        assertThat(publisher.state()).isEqualTo(State.READY);
    }

    @Test
    void aMinorityOfFailuresOpensNothing() {
        assertThat(publish(2 * LEAST_CALLS)).allMatch(CompletableFuture::isDone);

        fail(Reason.UNREACHABLE, LEAST_CALLS);

        assertThat(publisher.state()).isEqualTo(State.READY);
    }

    @Test
    void successesFromBeforeTheSilenceDoNotKeepTheBreakerClosed() {
        assertThat(publish(1_000)).allMatch(CompletableFuture::isDone);
        clock.pass(Duration.ofSeconds(5));

        fail(Reason.UNCONFIRMED, LEAST_CALLS);

        assertThat(publisher.state()).isEqualTo(State.DISCONNECTED);
    }

    @Test
    void halfOpenIsReadyLetsAFewThroughAndClosesBySuccess() {
        fail(Reason.UNREACHABLE, LEAST_CALLS);
        clock.pass(OPEN.plusMillis(1));
        var answer = new CompletableFuture<Void>();
        transport.answer(message -> answer);

        var probes = publish(PROBES);
        var refused = publish();

        assertThat(publisher.state()).isEqualTo(State.READY);
        assertThat(reasonOf(refused)).isEqualTo(Reason.UNREACHABLE);
        assertThat(probes).noneMatch(CompletableFuture::isDone);
        answer.complete(null);
        transport.answer(message -> FakePublisher.durable());
        assertThat(publish(100)).allMatch(future -> !future.isCompletedExceptionally());
    }

    @Test
    void whatSetOutBeforeTheBreakerOpenedIsNoProbe() {
        var early = new CompletableFuture<Void>();
        transport.answer(message -> early);
        assertThat(publish(LEAST_CALLS)).noneMatch(CompletableFuture::isDone);
        fail(Reason.UNREACHABLE, LEAST_CALLS);
        clock.pass(OPEN.plusMillis(1));
        transport.answer(message -> FakePublisher.durable());
        publish().join();

        early.completeExceptionally(new PublishFailedException(Reason.UNCONFIRMED, "told to fail"));

        assertThat(publisher.breakerState()).isEqualTo("HALF_OPEN");
        IntStream.range(1, PROBES).forEach(i -> publish().join());
        assertThat(publisher.breakerState()).isEqualTo("CLOSED");
    }

    @Test
    void aProbeThatSaysNothingOfTheBrokerGivesItsPlaceBack() {
        fail(Reason.UNREACHABLE, LEAST_CALLS);
        clock.pass(OPEN.plusMillis(1));

        fail(Reason.SATURATED, 2 * PROBES);

        transport.answer(message -> FakePublisher.durable());
        IntStream.range(0, PROBES).forEach(i -> publish().join());
        assertThat(publisher.breakerState()).isEqualTo("CLOSED");
    }

    @Test
    void whenToComeAgainIsTheTimeThatTheBreakerStaysOpen() {
        assertThat(publisher.retryAfterSeconds()).isEqualTo(1);

        fail(Reason.UNREACHABLE, LEAST_CALLS);

        assertThat(publisher.retryAfterSeconds()).isEqualTo(2);
    }

    private void fail(Reason reason, int times) {
        transport.answer(message -> FakePublisher.failed(reason));
        assertThat(publish(times)).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    private List<CompletableFuture<Void>> publish(int times) {
        return IntStream.range(0, times).mapToObj(i -> publish()).toList();
    }

    private CompletableFuture<Void> publish() {
        return publisher.publish(Topology.WAGERS, new Message("id", null, null, null, null, Map.of(), new byte[1]));
    }

    private static Reason reasonOf(CompletableFuture<Void> future) {
        return ((PublishFailedException) future.exceptionNow()).reason();
    }
}
