package io.wager.api.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of HTTP requests.
 *
 * @param maxSingleSize largest body of one wager, and of every other body that is not a batch, in bytes, counted after
 *     decompression; from 1 KB to 64 MB
 * @param maxBatchSize largest body of a batch, in bytes, counted after decompression; at least {@code max-single-size}, up to 64 MB
 * @param maxBatchItems most wagers in a batch, 1 to 10,000
 * @param memoryBudget bytes of heap that bodies, messages and unconfirmed publishes of all requests may hold together; at least
 *     the need of one largest batch, see {@link MemoryBudget}, and at most half of the heap; by default a quarter of it, or that least
 * @param memoryWait how long a body without room waits for it before it is refused, from 0, shorter than {@code
 *     body-timeout}
 * @param bodyTimeout longest time from a request's headers to the last byte of its body, from 100 ms to 10 minutes
 */
@Validated
@ConfigurationProperties("wager.http")
public record HttpProperties(
        @DefaultValue("1MB") DataSize maxSingleSize,
        @DefaultValue("8MB") DataSize maxBatchSize,
        @DefaultValue("1000") @Min(1) @Max(10_000) int maxBatchItems,
        @Nullable DataSize memoryBudget,
        @DefaultValue("2s") Duration memoryWait,
        @DefaultValue("10s") Duration bodyTimeout) {

    private static final DataSize LEAST = DataSize.ofKilobytes(1);
    private static final DataSize MOST = DataSize.ofMegabytes(64);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    /** Refuses sizes and times that can't work. */
    public HttpProperties {
        require("wager.http.max-single-size", maxSingleSize, LEAST);
        require("wager.http.max-batch-size", maxBatchSize, maxSingleSize);
        if (bodyTimeout.compareTo(SHORTEST_TIMEOUT) < 0 || bodyTimeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "wager.http.body-timeout must be from 100ms to 10m, and is " + bodyTimeout);
        }
        if (memoryWait.isNegative() || memoryWait.compareTo(bodyTimeout) >= 0) {
            throw new IllegalArgumentException("wager.http.memory-wait (" + memoryWait
                    + ") must be from 0 and shorter than wager.http.body-timeout (" + bodyTimeout + ")");
        }
    }

    private static void require(String property, DataSize size, DataSize least) {
        if (size.compareTo(least) < 0 || size.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(property + " must be from " + least.toBytes() + "B to "
                    + MOST.toMegabytes() + "MB, not " + size.toBytes() + "B");
        }
    }
}
