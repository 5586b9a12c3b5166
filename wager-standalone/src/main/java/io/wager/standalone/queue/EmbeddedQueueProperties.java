package io.wager.standalone.queue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The embedded queue.
 *
 * @param file the database file, without the ending that H2 adds
 * @param maxRows most messages in one queue, 1 to 100,000,000; beyond it publishing is refused
 * @param maxSize most bytes of bodies in one queue; beyond it publishing is refused
 * @param minFreeSpace free bytes on the disk below which nothing is published
 * @param compactAbove size of the file from which it is compacted as soon as all queues are empty
 * @param groupRows most messages committed together, 1 to 10,000
 * @param groupSize bytes of bodies from which a commit takes no more messages, from 1; H2 writes a commit from one buffer
 * @param groupWait how long a commit waits for more messages to join it; from 0
 * @param maxOutstandingSize most bytes of bodies that wait for their commit together, from 1 MB; by default a sixty-fourth of
 *     the heap, and at least 2 MB: small messages wait behind all of it
 * @param reopenTimeout how long the queue tries to reopen a database that H2 has closed, before the process ends; from 0
 * @param shutdownTimeout longest wait of closing for a batch in hand
 */
@Validated
@ConfigurationProperties("wager.queue")
public record EmbeddedQueueProperties(
        @DefaultValue("data/queue") Path file,
        @DefaultValue("1000000") @Min(1) @Max(100_000_000) int maxRows,
        @DefaultValue("4GB") DataSize maxSize,
        @DefaultValue("256MB") DataSize minFreeSpace,
        @DefaultValue("256MB") DataSize compactAbove,
        @DefaultValue("500") @Min(1) @Max(10_000) int groupRows,
        @DefaultValue("4MB") DataSize groupSize,
        @DefaultValue("2ms") Duration groupWait,
        @Nullable DataSize maxOutstandingSize,
        @DefaultValue("30s") Duration reopenTimeout,
        @DefaultValue("30s") Duration shutdownTimeout) {

    private static final DataSize LEAST_OUTSTANDING = DataSize.ofMegabytes(1);

    /** Checks what single ranges can't express. */
    public EmbeddedQueueProperties {
        if (maxOutstandingSize != null && maxOutstandingSize.compareTo(LEAST_OUTSTANDING) < 0) {
            throw new IllegalArgumentException(
                    "wager.queue.max-outstanding-size must be at least 1MB, the largest message," + " and is "
                            + maxOutstandingSize);
        }
        if (groupSize.toBytes() < 1) {
            throw new IllegalArgumentException("wager.queue.group-size must be at least 1B, and is " + groupSize);
        }
    }

    long maxOutstandingBytes() {
        return maxOutstandingSize == null
                ? Math.max(2 * LEAST_OUTSTANDING.toBytes(), Runtime.getRuntime().maxMemory() / 64)
                : maxOutstandingSize.toBytes();
    }
}
