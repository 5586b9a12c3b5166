package io.wager.rabbitmq;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are consumed.
 *
 * @param ackTimeout the longest that the broker leaves a delivered message unacknowledged, from 1 minute: a batch is held while
 *     the database is away, and what the broker takes back (after 30 minutes, if nobody says otherwise) has used up one of its
 *     deliveries. Known to RabbitMQ from 3.12 on
 */
@Validated
@ConfigurationProperties("wager.consume")
public record ConsumeProperties(@DefaultValue("1d") Duration ackTimeout) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMinutes(1);

    /** Checks the range. */
    public ConsumeProperties {
        if (ackTimeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("wager.consume.ack-timeout must be at least 1m, and is " + ackTimeout);
        }
    }
}
