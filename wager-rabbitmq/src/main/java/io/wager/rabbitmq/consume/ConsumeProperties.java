package io.wager.rabbitmq.consume;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are consumed.
 *
 * @param ackTimeout longest time for which the broker leaves a delivered message unacknowledged, from 1 minute. A batch is held
 *     while the database is away, and a message that the broker takes back (by its default after 30 minutes) has used up one of its
 *     deliveries. RabbitMQ knows this from 3.12 on
 * @param maxBytes most bytes of delivered messages that this instance holds, from 1 MB; by default an eighth of the heap. Each
 *     channel may hold one message beyond that, so that it makes progress
 */
@Validated
@ConfigurationProperties("wager.consume")
public record ConsumeProperties(
        @DefaultValue("1d") Duration ackTimeout, @Nullable DataSize maxBytes) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMinutes(1);
    private static final DataSize LEAST_BYTES = DataSize.ofMegabytes(1);
    // The rest is for what batches decode to and for everything else: 32 of 256 MB.
    private static final int SHARE_OF_THE_HEAP = 8;

    /** Checks the ranges. */
    public ConsumeProperties {
        if (ackTimeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("wager.consume.ack-timeout must be at least 1m, and is " + ackTimeout);
        }
        if (maxBytes != null && maxBytes.compareTo(LEAST_BYTES) < 0) {
            throw new IllegalArgumentException("wager.consume.max-bytes must be at least 1MB, and is " + maxBytes);
        }
    }

    /**
     * The most bytes of delivered messages that are held.
     *
     * @return the configured value, or the share of the heap
     */
    public long bytesHeldAtMost() {
        return maxBytes == null
                ? Math.max(LEAST_BYTES.toBytes(), Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP)
                : maxBytes.toBytes();
    }
}
