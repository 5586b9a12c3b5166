package io.wager.api.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of what is taken over HTTP.
 *
 * @param maxSingleSize largest body of one wager, and of every other body that is not a batch, in bytes; from 1 KB to 64 MB
 * @param maxBatchSize largest body of a batch, in bytes; at least {@code max-single-size}, up to 64 MB
 * @param maxBatchItems most wagers in a batch, 1 to 10,000
 */
@Validated
@ConfigurationProperties("wager.http")
public record HttpProperties(
        @DefaultValue("1MB") DataSize maxSingleSize,
        @DefaultValue("8MB") DataSize maxBatchSize,
        @DefaultValue("1000") @Min(1) @Max(10_000) int maxBatchItems) {

    private static final DataSize LEAST = DataSize.ofKilobytes(1);
    private static final DataSize MOST = DataSize.ofMegabytes(64);

    /** Refuses sizes that can't work. */
    public HttpProperties {
        require("wager.http.max-single-size", maxSingleSize, LEAST);
        require("wager.http.max-batch-size", maxBatchSize, maxSingleSize);
    }

    private static void require(String property, DataSize size, DataSize least) {
        if (size.compareTo(least) < 0 || size.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(property + " must be from " + least.toBytes() + "B to "
                    + MOST.toMegabytes() + "MB, not " + size.toBytes() + "B");
        }
    }
}
