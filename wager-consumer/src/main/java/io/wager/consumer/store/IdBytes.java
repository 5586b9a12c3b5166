package io.wager.consumer.store;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as they are stored: 16 bytes in the order of the text, so that databases sort them as {@code WagerId} does. */
public final class IdBytes {

    private static final int LENGTH = 16;

    private IdBytes() {}

    /** An id as it is stored. */
    public static byte[] of(UUID id) {
        return ByteBuffer.allocate(LENGTH)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** An id that may be absent, as it is stored. */
    public static byte @Nullable [] ofNullable(@Nullable UUID id) {
        return id == null ? null : of(id);
    }

    /** An id as it was stored. */
    public static UUID toUuid(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
