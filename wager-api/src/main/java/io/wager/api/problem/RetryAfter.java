package io.wager.api.problem;

/** When to repeat a request that failed for a passing reason. */
public final class RetryAfter {

    /**
     * The least value of the {@code Retry-After} header, in seconds. It is short, because publishing recovers by itself within about a
     * second of the broker's return, and repeats are harmless. While a circuit breaker is open the header has the time for which it stays
     * open.
     */
    public static final int LEAST_SECONDS = 1;

    private RetryAfter() {}
}
