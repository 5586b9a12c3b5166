package io.wager.api.problem;

/** When to send again what failed for a passing reason. */
public final class RetryAfter {

    /**
     * The value of the {@code Retry-After} header, in seconds: short, since publishing recovers by itself within about a
     * second of its broker's return, and repeats are harmless.
     */
    public static final String SECONDS = "1";

    private RetryAfter() {}
}
