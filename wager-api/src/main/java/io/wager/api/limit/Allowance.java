package io.wager.api.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.wager.api.access.Quota;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * What one caller may still send, of one policy. Takes no locks; any number of threads may charge it.
 *
 * <p>Tells clients by {@code RateLimit-Policy} and {@code RateLimit}, as draft-ietf-httpapi-ratelimit-headers-11 has them: {@code q} is
 * the burst, {@code w} the seconds in which an empty bucket fills, {@code r} what is left, {@code t} the seconds over which to spread
 * that. Who does is never refused, since {@code r / t} is at most what comes back a second. With a refusal {@code t} is
 * {@code Retry-After}, which the draft wants not to be earlier.
 */
final class Allowance {

    private static final String POLICY_HEADER = "RateLimit-Policy";
    private static final String HEADER = "RateLimit";
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final Bucket bucket;
    private final Quota quota;
    private final String item;
    private final String policy;

    Allowance(Policy policy, Quota quota, TimeMeter time) {
        this.quota = quota;
        bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(quota.burst()).refillGreedy(quota.burst(), quota.window()))
                .withCustomTimePrecision(time)
                .build();
        item = '"' + policy.wireForm() + '"';
        this.policy =
                item + ";q=" + quota.burst() + ";w=" + seconds(quota.window().toNanos());
    }

    /** The most that can ever be charged at once. */
    long burst() {
        return quota.burst();
    }

    /** How long until it is full whatever was charged. What is idle for longer may be forgotten. */
    Duration window() {
        return quota.window();
    }

    /**
     * Charges all of a cost, or nothing.
     *
     * @param cost how much, from 1
     * @param again how much the same request will be charged in all when it is sent again, from the cost up to the burst
     * @param response takes the headers that tell what is left
     * @return 0 if it was charged; else the seconds after which as much as {@code again} is there, if nothing else is charged, from 1
     */
    int charge(long cost, long again, HttpServletResponse response) {
        var probe = bucket.tryConsumeAndReturnRemaining(cost);
        var left = probe.getRemainingTokens();
        if (probe.isConsumed()) {
            tell(response, left, seconds((long) (left / quota.perSecond() * NANOS)));
            return 0;
        }
        var wait = seconds(bucket.estimateAbilityToConsume(again).getNanosToWaitForRefill());
        tell(response, left, wait);
        return wait;
    }

    private void tell(HttpServletResponse response, long left, int window) {
        response.setHeader(POLICY_HEADER, policy);
        response.setHeader(HEADER, item + ";r=" + left + ";t=" + window);
    }

    /** Whole seconds, rounded up: who comes back after them is early by nothing. At least 1. */
    private static int seconds(long nanos) {
        return Math.toIntExact(
                Math.clamp(Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos()), 1, Integer.MAX_VALUE));
    }
}
