package io.wager.consumer.queue;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds back every transaction of one listener while the database takes none from it: a circuit breaker around each try. Where other
 * breakers refuse, this one waits, because the caller has a batch in hand and must not give it back: that would use up the broker's
 * delivery limit. Meanwhile only one probe at a time uses the database, and all callers continue as soon as one succeeds. Safe for use by
 * any number of threads at once.
 *
 * <p>Outages count, and so do transactions that take too long. A refusal for the data shows that the database is well. A deadlock says
 * nothing, nor does a single failure of unknown kind.
 *
 * <p>There is no lock here. Resilience4j calls back under a lock of its own, and takes that lock when asked for permission. With our own
 * lock around the question and in the callback, two threads would wait for each other for ever.
 */
public final class StoreBreaker {

    /** The cost of a missed wake-up. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final CircuitBreaker breaker;
    private final ConsumingPause pause;
    private final Stopping stopping;
    private final BatchesInHand inHand;
    private final AtomicLong changes = new AtomicLong();
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    StoreBreaker(CircuitBreaker breaker, ConsumingPause pause, Stopping stopping, BatchesInHand inHand) {
        this.breaker = breaker;
        this.pause = pause;
        this.stopping = stopping;
        this.inHand = inHand;
        breaker.getEventPublisher().onStateTransition(event -> wake());
        stopping.onStop(this::wake);
    }

    /**
     * Tries once, as soon as the breaker permits.
     *
     * @param transaction one try of one transaction
     * @return what it returned
     * @throws StoreException what it threw; or of the kind {@link Kind#OUTAGE}, if the service stops while this waits, or the
     *     thread is interrupted
     */
    public <T> T call(Supplier<T> transaction) {
        awaitPermission();
        inHand.progressed();
        // Only a permission of the half-open state is one to give back.
        var isProbe = isHalfOpen();
        var start = breaker.getCurrentTimestamp();
        var answer = Answer.NONE;
        StoreException failure = null;
        try {
            var result = transaction.get();
            answer = Answer.WELL;
            return result;
        } catch (StoreException e) {
            answer = answer(e.kind());
            failure = e;
            throw e;
        } finally {
            inHand.progressed();
            // What set out before the outage and ends now holds no permission, and is no probe.
            if (isProbe || !isHalfOpen()) {
                record(answer, isProbe, breaker.getCurrentTimestamp() - start, failure);
            }
        }
    }

    /** Whether the service is stopping, so that no outage is waited out any more. */
    public boolean isStopping() {
        return stopping.isStopping();
    }

    /** How many batches wait for the database at this moment. */
    int heldBack() {
        return waiting.size();
    }

    private static Answer answer(Kind failure) {
        return switch (failure) {
            case OUTAGE, MISCONFIGURED, SYSTEM -> Answer.AWAY;
            case DATA -> Answer.WELL;
            case CONTENTION, UNKNOWN -> Answer.NONE;
        };
    }

    private void record(Answer answer, boolean isProbe, long duration, @Nullable StoreException failure) {
        switch (answer) {
            case WELL -> breaker.onSuccess(duration, breaker.getTimestampUnit());
            case AWAY -> {
                if (failure != null) {
                    pause.failed(failure);
                    breaker.onError(duration, breaker.getTimestampUnit(), failure);
                }
            }
            case NONE -> {
                // Of no other state: it would let a second probe through beside the next one.
                if (isProbe) {
                    breaker.releasePermission();
                    // A probe that told nothing leaves its place to the next.
                    wake();
                }
            }
        }
    }

    private boolean isHalfOpen() {
        return breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    private void awaitPermission() {
        while (true) {
            // Read before the question, or a change between the question and the wait would be slept through.
            var seen = changes.get();
            if (breaker.tryAcquirePermission()) {
                return;
            }
            if (stopping.isStopping()) {
                throw stopped();
            }
            awaitChange(seen);
            // Waiting out an outage is what the batch is meant to do.
            inHand.progressed();
        }
    }

    private void awaitChange(long seen) {
        waiting.add(Thread.currentThread());
        try {
            var start = System.nanoTime();
            var left = LONGEST_WAIT.toNanos();
            while (changes.get() == seen && left > 0) {
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    throw stopped();
                }
                left = LONGEST_WAIT.toNanos() - (System.nanoTime() - start);
            }
        } finally {
            waiting.remove(Thread.currentThread());
        }
    }

    private StoreException stopped() {
        return new StoreException(
                Kind.OUTAGE,
                "stopping while the database is away: nothing was tried",
                CallNotPermittedException.createCallNotPermittedException(breaker));
    }

    /** Called by Resilience4j under its lock: must neither block nor call anything that might. */
    private void wake() {
        changes.incrementAndGet();
        waiting.forEach(LockSupport::unpark);
    }

    /** What a try says about the database. */
    private enum Answer {
        WELL,
        AWAY,
        NONE
    }
}
