package io.wager.consumer.queue;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The default number of bytes of bodies in one batch. */
public final class BatchBytes {

    private static final DataSize MOST = DataSize.ofMegabytes(16);

    /** A batch being stored exists as bodies, as wagers and as parameters, and the next one is prepared beside it. */
    private static final int SHARE_OF_HEAP = 16;

    private BatchBytes() {}

    /**
     * A bound that fits this JVM's heap.
     *
     * @param configured the configured value; null if there is none
     * @return that value, or the default
     * @throws IllegalArgumentException if it is not positive
     */
    public static DataSize orDefault(@Nullable DataSize configured) {
        if (configured == null) {
            return DataSize.ofBytes(
                    Math.min(MOST.toBytes(), Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
        }
        if (configured.toBytes() < 1) {
            throw new IllegalArgumentException("batchBytes starts at 1 byte: " + configured);
        }
        return configured;
    }
}
