package io.wager.api.wager;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Bounds what requests may cost: how many are in progress at once, from when their bodies are there, since virtual threads bound
 * nothing; and how long one waits for its confirms. What bodies take of the memory, and of time while they arrive, is bounded
 * before: {@link io.wager.api.http.MemoryBudget}. Safe for any number of threads.
 */
@Component
final class RequestBounds {

    /** Instance of {@code resilience4j.bulkhead} for single wagers, and of {@code resilience4j.timelimiter} for any request. */
    static final String SINGLE = "wager-publish";

    /** Instance of {@code resilience4j.bulkhead} for batches, whose bodies are a thousand times as large. */
    static final String BATCH = "wager-publish-batch";

    private final Bulkhead singles;
    private final Bulkhead batches;
    private final TimeLimiter waits;
    private final Duration longestWait;

    RequestBounds(BulkheadRegistry bulkheads, TimeLimiterRegistry limiters, ConfirmWait confirmWait) {
        singles = bulkheads.bulkhead(SINGLE);
        batches = bulkheads.bulkhead(BATCH);
        waits = limiters.timeLimiter(SINGLE);
        var limit = waits.getTimeLimiterConfig().getTimeoutDuration();
        longestWait = limit.compareTo(confirmWait.longest()) < 0 ? limit : confirmWait.longest();
    }

    /**
     * Handles a request with a single wager.
     *
     * @throws ProblemException if too many are in progress
     */
    <T> T single(Supplier<T> handling) {
        return within(singles, handling);
    }

    /**
     * Handles a request with a batch.
     *
     * @throws ProblemException if too many are in progress
     */
    <T> T batch(Supplier<T> handling) {
        return within(batches, handling);
    }

    /** How long a request waits for all its confirms: the publisher's own deadline and a margin, or less where so limited. */
    Duration longestWait() {
        return longestWait;
    }

    /** Says that a request had an answer for each of its wagers in time. */
    void inTime() {
        waits.onSuccess();
    }

    /** Says that a request waited in vain for the answer for one of its wagers. */
    void timedOut() {
        waits.onError(new TimeoutException("not every confirm came within " + longestWait));
    }

    private static <T> T within(Bulkhead bulkhead, Supplier<T> handling) {
        try {
            bulkhead.acquirePermission();
        } catch (BulkheadFullException e) {
            throw new ProblemException(
                    ProblemType.BROKER_SATURATED,
                    "Too many requests are in progress. Send the same again: repeats are safe.");
        }
        try {
            return handling.get();
        } finally {
            bulkhead.onComplete();
        }
    }
}
