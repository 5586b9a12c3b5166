package io.wager.api.requeuejob;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How requeue jobs are run.
 *
 * @param pollInterval how often an instance without work looks for jobs; positive
 * @param lease time without a sign of the instance that runs a job, after which another takes it; more than twice
 *     {@code wager.publish.confirm-timeout}
 * @param chunk how many letters are selected in one transaction, 1 to 500
 * @param maxInFlight how many letters of a job may be published and not settled at once, 1 to 10,000
 * @param sendAttempts attempts for a message that the transport refuses, before it is skipped, 1 to 100
 */
@Validated
@ConfigurationProperties("wager.requeue-jobs")
record RequeueJobProperties(
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("500") @Min(1) @Max(500) int chunk,
        @DefaultValue("1000") @Min(1) @Max(10_000) int maxInFlight,
        @DefaultValue("3") @Min(1) @Max(100) int sendAttempts) {

    RequeueJobProperties {
        require("wager.requeue-jobs.poll-interval", pollInterval);
        require("wager.requeue-jobs.lease", lease);
    }

    private static void require(String property, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(property + " must be positive, not " + duration);
        }
    }
}
