package io.wager.api.publish;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * The transport behind a circuit breaker, for everything in the API that publishes. While the breaker is open a publish fails at once, so
 * no request waits a whole deadline for a silent broker. Half-open lets a few through, and closes again by itself. It publishes nothing
 * twice: a client without a receipt must send again anyway, and is told when.
 *
 * <p>Each message takes one permission and one record. Safe for use by any number of threads at once.
 */
@Component
@Primary
public final class GuardedPublisher implements MessagePublisher {

    /** The instance of {@code resilience4j.circuitbreaker}. */
    static final String BREAKER = "wager-publish";

    private static final int LEAST_RETRY_SECONDS = 1;
    private static final int FIRST_ATTEMPT = 1;

    private final MessagePublisher transport;
    private final CircuitBreaker breaker;
    private final int retrySeconds;
    private volatile Reason lastFailure = Reason.UNREACHABLE;

    /**
     * Guards a transport.
     *
     * @param transport the only other publisher of the application
     * @param breakers has the configured breaker
     */
    GuardedPublisher(MessagePublisher transport, CircuitBreakerRegistry breakers) {
        this.transport = transport;
        this.breaker = breakers.circuitBreaker(BREAKER);
        this.retrySeconds = secondsOpen(breaker);
    }

    /**
     * {@inheritDoc}
     *
     * <p>While the breaker is open it fails at once, as {@link Reason#BLOCKED} if the broker took no messages before that, else as {@link
     * Reason#UNREACHABLE}.
     */
    @Override
    public CompletableFuture<Void> publish(Destination destination, Message message) {
        if (!breaker.tryAcquirePermission()) {
            return CompletableFuture.failedFuture(
                    new PublishFailedException(reasonWhileOpen(), "the circuit breaker " + BREAKER + " is open"));
        }
        var isProbe = isHalfOpen();
        var start = System.nanoTime();
        CompletableFuture<Void> durable;
        try {
            durable = transport.publish(destination, message);
        } catch (RuntimeException | Error e) {
            record(isProbe, start, e);
            throw e;
        }
        // The transport's own future goes back: one that depends on it would wrap the failure.
        var unused = durable.whenComplete((nothing, failure) -> record(isProbe, start, failure));
        return durable;
    }

    /** {@inheritDoc} An open breaker shows the cause of its opening; a half-open one needs traffic, and shows the transport's state. */
    @Override
    public State state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> reasonWhileOpen() == Reason.BLOCKED ? State.BLOCKED : State.DISCONNECTED;
            case CLOSED, HALF_OPEN, DISABLED, METRICS_ONLY -> transport.state();
        };
    }

    /**
     * The breaker's own state, for people.
     *
     * @return Resilience4j's name
     */
    public String breakerState() {
        return breaker.getState().name();
    }

    /**
     * The time after which a failed message may be sent again: not before an open breaker lets messages through.
     *
     * @return seconds, from 1
     */
    public int retryAfterSeconds() {
        return breaker.getState() == CircuitBreaker.State.OPEN ? retrySeconds : LEAST_RETRY_SECONDS;
    }

    private void record(boolean isProbe, long start, @Nullable Throwable failure) {
        // What set out before the silence and fails now says nothing of how the broker is now, and holds no permission.
        if (!isProbe && isHalfOpen()) {
            return;
        }
        var nanos = System.nanoTime() - start;
        if (failure == null) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else if (!isOfTheBroker(failure)) {
            breaker.releasePermission();
        } else {
            lastFailure = failure instanceof PublishFailedException known ? known.reason() : Reason.UNREACHABLE;
            breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        }
    }

    /** A missing queue concerns the topology, and too many unconfirmed messages this process: the broker may be well. */
    private static boolean isOfTheBroker(Throwable failure) {
        return !(failure instanceof PublishFailedException known)
                || switch (known.reason()) {
                    case UNREACHABLE, BLOCKED, UNCONFIRMED, REFUSED -> true;
                    case UNROUTABLE, SATURATED -> false;
                };
    }

    private Reason reasonWhileOpen() {
        return switch (lastFailure) {
            case BLOCKED, REFUSED -> Reason.BLOCKED;
            case UNREACHABLE, UNCONFIRMED, UNROUTABLE, SATURATED -> Reason.UNREACHABLE;
        };
    }

    private boolean isHalfOpen() {
        return breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    private static int secondsOpen(CircuitBreaker breaker) {
        var millis = breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(FIRST_ATTEMPT);
        return Math.max(LEAST_RETRY_SECONDS, Math.toIntExact(Math.ceilDiv(millis, 1_000L)));
    }
}
