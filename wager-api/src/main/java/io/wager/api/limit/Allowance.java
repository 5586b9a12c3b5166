package io.wager.api.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.wager.api.access.Quota;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * What one caller may still send, of one policy. Takes no locks; any number of threads may charge it.
 *
 * <p>Tells clients by {@code RateLimit-Policy} and {@code RateLimit}, as draft-ietf-httpapi-ratelimit-headers-11 has them: {@code q} is
 * the burst, {@code w} the seconds in which an empty bucket fills, {@code r} what is left, {@code t} the seconds until it is full again.
 */
final class Allowance {

    private static final String POLICY_HEADER = "RateLimit-Policy";
    private static final String HEADER = "RateLimit";

    private final Bucket bucket;
    private final long burst;
    private final String item;
    private final String policy;

    Allowance(Policy policy, Quota quota, TimeMeter time) {
        bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(quota.burst()).refillGreedy(quota.burst(), quota.window()))
                .withCustomTimePrecision(time)
                .build();
        burst = quota.burst();
        item = '"' + policy.wireForm() + '"';
        this.policy =
                item + ";q=" + quota.burst() + ";w=" + seconds(quota.window().toNanos());
    }

    /** The most that can ever be charged at once. */
    long burst() {
        return burst;
    }

    ConsumptionProbe charge(long cost) {
        return bucket.tryConsumeAndReturnRemaining(cost);
    }

    void tell(HttpServletResponse response, ConsumptionProbe probe) {
        response.setHeader(POLICY_HEADER, policy);
        response.setHeader(
                HEADER, item + ";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset()));
    }

    /** Whole seconds, rounded up: who comes back after them is early by nothing. At least 1. */
    static int seconds(long nanos) {
        return Math.toIntExact(
                Math.clamp(Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos()), 1, Integer.MAX_VALUE));
    }
}
