package io.wager.cli.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long to wait before a call is made again, and when to stop: waits grow exponentially and are spread at random,
 * so that many clients do not come back at once; any progress starts the time anew. Shared by the threads of one command.
 */
public final class Patience {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 10;

    private final Duration giveUpAfter;
    private final AtomicLong lastProgressNanos = new AtomicLong(System.nanoTime());
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable String trouble;

    /**
     * New patience, from now on.
     *
     * @param giveUpAfter how long to go on without any progress
     */
    public Patience(Duration giveUpAfter) {
        this.giveUpAfter = giveUpAfter;
    }

    /** Something was achieved. */
    public void progress() {
        lastProgressNanos.set(System.nanoTime());
        trouble = null;
    }

    /** Ends every wait at once with {@link GaveUpException}: another thread has failed for good. */
    public void end() {
        ended.countDown();
    }

    /**
     * What keeps us from going on.
     *
     * @return for a person; null while all is well
     */
    public @Nullable String trouble() {
        return trouble;
    }

    /**
     * Waits before another attempt.
     *
     * @param failures how many attempts have failed in a row, from 1
     * @param retryAfter how long the server wants us to wait at least; null where it did not say
     * @param reason what the last attempt gave
     * @throws GaveUpException if there was no progress for too long
     * @throws InterruptedException if the thread was interrupted
     */
    public void await(int failures, @Nullable Duration retryAfter, String reason)
            throws GaveUpException, InterruptedException {
        var remaining = giveUpAfter.toNanos() - (System.nanoTime() - lastProgressNanos.get());
        if (remaining <= 0) {
            throw new GaveUpException(reason);
        }
        trouble = reason;
        var grown = Math.min(
                LONGEST_WAIT.toNanos(), FIRST_WAIT.toNanos() << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1)));
        var spread = ThreadLocalRandom.current().nextLong(grown / 2, grown + grown / 2);
        var wanted = retryAfter == null ? spread : Math.max(spread, retryAfter.toNanos() + spread / 4);
        if (ended.await(Math.min(wanted, remaining), TimeUnit.NANOSECONDS)) {
            throw new GaveUpException(reason);
        }
    }

    /**
     * Makes a call until it is answered.
     *
     * @param call one attempt
     * @return the answer
     * @throws GaveUpException if there was no progress for too long
     * @throws NotTheApiException if what answers is not the API, or it refuses the call
     * @throws InterruptedException if the thread was interrupted
     */
    public <T> T ask(Call<T> call) throws GaveUpException, NotTheApiException, InterruptedException {
        for (var failures = 1; ; failures++) {
            switch (call.attempt()) {
                case Answer.Given<T>(var value, var ignored) -> {
                    return value;
                }
                case Answer.Refused<T>(var faults) ->
                    throw new NotTheApiException("the server refused what a wager API answers: "
                            + faults.getFirst().detail());
                case Answer.Away<T>(var reason, var retryAfter) -> await(failures, retryAfter, reason);
            }
        }
    }

    /**
     * One attempt of a call.
     *
     * @param <T> what it is for
     */
    public interface Call<T> {

        /**
         * Makes the attempt.
         *
         * @return what it gave
         * @throws NotTheApiException if what answers is not the API
         * @throws InterruptedException if the thread was interrupted
         */
        Answer<T> attempt() throws NotTheApiException, InterruptedException;
    }
}
