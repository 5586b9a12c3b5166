package io.wager.rabbitmq;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are published. Spring's own {@code spring.rabbitmq.publisher-*} and {@code spring.rabbitmq.template.*} have no
 * effect on this publisher.
 *
 * @param confirmTimeout longest time from the call to the broker's confirm, from 10 ms to 1 minute; up to half of it may be
 *     spent waiting for room
 * @param maxOutstanding how many messages may be unconfirmed together, 1 to 1,000,000
 * @param channels how many channels they share, 1 to 64. One writes more than a quorum queue takes, and the broker needs less
 *     time for messages of one channel than for the same on several (docs/performance.md)
 */
@Validated
@ConfigurationProperties("wager.publish")
public record PublishProperties(
        @DefaultValue("5s") Duration confirmTimeout,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxOutstanding,
        @DefaultValue("1") @Min(1) @Max(64) int channels) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    /** Checks what single ranges can't express. */
    public PublishProperties {
        if (confirmTimeout.compareTo(SHORTEST_TIMEOUT) < 0 || confirmTimeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "wager.publish.confirm-timeout must be from 10ms to 1m, and is " + confirmTimeout);
        }
        if (maxOutstanding < channels) {
            throw new IllegalArgumentException("wager.publish.max-outstanding (" + maxOutstanding
                    + ") must be at least wager.publish.channels (" + channels + ")");
        }
    }
}
