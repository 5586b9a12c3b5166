package io.wager.consumer.queue;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Holds back every transaction of the store and the archive while their database is away: the circuit breaker
 * {@code wager-store} around each try of one. Where such a breaker commonly refuses, this one waits, since whoever asks has a
 * batch in hand which it must not give back: that would use up the broker's delivery limit. Nothing touches the database then
 * but one probe at a time, and who waits goes on as soon as one succeeded. Safe for use by any number of threads at once.
 *
 * <p>Outages count, and transactions that take too long. A refusal for the data is the answer of a database that is well; a
 * deadlock says nothing.
 */
@Component
public final class StoreBreaker {

    /** The instance of {@code resilience4j.circuitbreaker}. */
    static final String NAME = "wager-store";

    private final CircuitBreaker breaker;
    private final Stopping stopping;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /**
     * Guards nothing yet.
     *
     * @param breakers has the configured breaker
     * @param stopping ends all waiting
     */
    StoreBreaker(CircuitBreakerRegistry breakers, Stopping stopping) {
        this.breaker = breakers.circuitBreaker(NAME);
        this.stopping = stopping;
        breaker.getEventPublisher().onStateTransition(event -> wake());
        stopping.onStop(this::wake);
    }

    /**
     * Tries once, as soon as the breaker lets it.
     *
     * @param transaction one try of one transaction
     * @return what it returned
     * @throws StoreException what it threw; or of the kind {@link Kind#OUTAGE}, if the service stops while this waits
     */
    public <T> T call(Supplier<T> transaction) {
        awaitPermission();
        var isProbe = isHalfOpen();
        var start = breaker.getCurrentTimestamp();
        var answer = Answer.NONE;
        try {
            var result = transaction.get();
            answer = Answer.WELL;
            return result;
        } catch (StoreException e) {
            answer = answer(e.kind());
            throw e;
        } finally {
            // What set out before the outage and ends now holds no permission, and is no probe.
            if (isProbe || !isHalfOpen()) {
                record(answer, breaker.getCurrentTimestamp() - start);
            }
        }
    }

    /** How many batches wait for the database at this moment. */
    int heldBack() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(changed);
        } finally {
            lock.unlock();
        }
    }

    private static Answer answer(Kind failure) {
        return switch (failure) {
            case OUTAGE, MISCONFIGURED -> Answer.AWAY;
            case DATA -> Answer.WELL;
            case CONTENTION, UNKNOWN -> Answer.NONE;
        };
    }

    private void record(Answer answer, long duration) {
        switch (answer) {
            case WELL -> breaker.onSuccess(duration, breaker.getTimestampUnit());
            // The failure itself is thrown, and logged where it is handled.
            case AWAY ->
                breaker.onError(
                        duration, breaker.getTimestampUnit(), new IllegalStateException("the database is away"));
            case NONE -> {
                breaker.releasePermission();
                // A probe that told nothing leaves its place to the next.
                wake();
            }
        }
    }

    private boolean isHalfOpen() {
        return breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    private void awaitPermission() {
        lock.lock();
        try {
            // Under the lock, or a change between the question and the wait would be slept through.
            while (!breaker.tryAcquirePermission()) {
                if (stopping.isStopping()) {
                    throw stopped();
                }
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        } finally {
            lock.unlock();
        }
    }

    private StoreException stopped() {
        return new StoreException(
                Kind.OUTAGE,
                "stopping while the database is away: nothing was tried",
                CallNotPermittedException.createCallNotPermittedException(breaker));
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What a try told of the database. */
    private enum Answer {
        WELL,
        AWAY,
        NONE
    }
}
