package io.wager.cli.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long to wait before a call is made again, and when to stop: waits grow exponentially and are spread at random,
 * so that many clients do not come back at once; any progress starts the time anew. A server that fails at a call
 * (status 500) gets a few attempts only. Shared by the threads of one command.
 */
public final class Patience {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 10;
    private static final String TRYING_AGAIN = "; trying again";
    /** About 3 s with the waits between them. */
    private static final int MOST_FAILURES = 6;

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
     * Begins a call that may take several attempts.
     *
     * @return its attempts
     */
    public Attempts attempts() {
        return new Attempts();
    }

    /**
     * Makes a call until it is answered. The patience of each call starts anew.
     *
     * @param call one attempt
     * @return the answer
     * @throws GaveUpException if there was no progress for too long
     * @throws UnusableApiException if the API can't be used, or refuses the call
     * @throws InterruptedException if the thread was interrupted
     */
    public <T> T ask(Call<T> call) throws GaveUpException, UnusableApiException, InterruptedException {
        progress();
        for (var attempts = attempts(); ; ) {
            switch (call.attempt()) {
                case Answer.Given<T>(var value, var ignored) -> {
                    progress();
                    return value;
                }
                case Answer.Refused<T>(var faults) ->
                    throw new UnusableApiException("the server refused what a wager API answers: "
                            + faults.getFirst().detail());
                case Answer.Away<T>(var reason, var retryAfter) -> attempts.await(retryAfter, reason);
                case Answer.Failed<T>(var reason) -> attempts.awaitAfterFailure(reason);
            }
        }
    }

    /** The attempts of one call. For one thread. */
    public final class Attempts {

        private int vain;
        private int failuresInARow;

        private Attempts() {}

        /** Starts anew with short waits: the call got somewhere. */
        public void reset() {
            vain = 0;
            failuresInARow = 0;
        }

        /**
         * Waits before another attempt.
         *
         * @param retryAfter how long the server wants us to wait at least; null where it did not say
         * @param reason what the last attempt gave
         * @throws GaveUpException if there was no progress for too long
         * @throws InterruptedException if the thread was interrupted
         */
        public void await(@Nullable Duration retryAfter, String reason) throws GaveUpException, InterruptedException {
            failuresInARow = 0;
            pause(retryAfter, reason, reason + TRYING_AGAIN);
        }

        /**
         * Waits before the server is asked again whether something has come about.
         *
         * @param what what is waited for, for a person
         * @throws GaveUpException if there was no progress for too long
         * @throws InterruptedException if the thread was interrupted
         */
        public void awaitChange(String what) throws GaveUpException, InterruptedException {
            pause(null, what, what);
        }

        /**
         * Waits before another attempt of a call at which the server failed.
         *
         * @param reason what the last attempt gave
         * @throws GaveUpException if there was no progress for too long
         * @throws UnusableApiException if the server failed at every one of the last {@value #MOST_FAILURES} attempts
         * @throws InterruptedException if the thread was interrupted
         */
        public void awaitAfterFailure(String reason)
                throws GaveUpException, UnusableApiException, InterruptedException {
            if (++failuresInARow == MOST_FAILURES) {
                throw new UnusableApiException(reason + ", " + MOST_FAILURES
                        + " times in a row. Waiting does not cure that: see the log of the service.");
            }
            pause(null, reason, reason + TRYING_AGAIN);
        }

        private void pause(@Nullable Duration retryAfter, String reason, String shown)
                throws GaveUpException, InterruptedException {
            var remaining = giveUpAfter.toNanos() - (System.nanoTime() - lastProgressNanos.get());
            if (remaining <= 0) {
                throw new GaveUpException(reason);
            }
            trouble = shown;
            var grown = Math.min(LONGEST_WAIT.toNanos(), FIRST_WAIT.toNanos() << Math.min(MOST_DOUBLINGS, vain++));
            var spread = ThreadLocalRandom.current().nextLong(grown / 2, grown + grown / 2);
            var wanted = retryAfter == null ? spread : Math.max(spread, retryAfter.toNanos() + spread / 4);
            if (ended.await(Math.min(wanted, remaining), TimeUnit.NANOSECONDS)) {
                throw new GaveUpException(reason);
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
         * @throws UnusableApiException if the API can't be used
         * @throws InterruptedException if the thread was interrupted
         */
        Answer<T> attempt() throws UnusableApiException, InterruptedException;
    }
}
