package io.wager.standalone.queue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are published: the same names and defaults as on RabbitMQ.
 *
 * @param confirmTimeout longest time from the call to the commit, from 10 ms to 1 minute; up to half of it may be spent waiting
 *     for room
 * @param maxOutstanding how many messages may wait for their commit together, 1 to 1,000,000
 */
@Validated
@ConfigurationProperties("wager.publish")
public record EmbeddedPublishProperties(
        @DefaultValue("5s") Duration confirmTimeout,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxOutstanding) {

    /** Checks what single ranges can't express. */
    public EmbeddedPublishProperties {
        if (confirmTimeout.compareTo(Duration.ofMillis(10)) < 0
                || confirmTimeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "wager.publish.confirm-timeout must be from 10ms to 1m, and is " + confirmTimeout);
        }
    }
}
