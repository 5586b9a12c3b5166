package io.wager.api.problem;

/** When to send again what failed for a passing reason. */
public final class RetryAfter {

    /**
     * The least value of the {@code Retry-After} header, in seconds: short, since publishing recovers by itself within about a
     * second of its broker's return, and repeats are harmless. While a circuit breaker is open it is the time for which it
     * stays so.
     */
    public static final int LEAST_SECONDS = 1;

    private RetryAfter() {}
}
