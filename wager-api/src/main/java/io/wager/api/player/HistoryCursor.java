package io.wager.api.player;

import io.wager.core.wager.Timestamps;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A place in a history: after the wager of this time and id. As text it is a version byte, the time, the id, the
 * fingerprint of the filter and a checksum, in URL-safe Base64. It holds nothing that its client may not know, so the
 * checksum is against accidents; the filter is held to, and whoever forges a cursor only asks for another place of a
 * history that it may read anyway.
 *
 * @param createdAt the time of the last wager before this place
 * @param wagerId its id
 */
record HistoryCursor(Instant createdAt, UUID wagerId) {

    private static final byte VERSION = 1;
    private static final int FINGERPRINT_BYTES = 8;
    private static final int CHECKED_BYTES = 1 + 8 + 4 + 16 + FINGERPRINT_BYTES;
    private static final int LENGTH = CHECKED_BYTES + 4;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    String encode(HistoryFilter filter) {
        var buffer = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(createdAt.getEpochSecond())
                .putInt(createdAt.getNano())
                .putLong(wagerId.getMostSignificantBits())
                .putLong(wagerId.getLeastSignificantBits())
                .put(filter.fingerprint());
        buffer.putInt(checksum(buffer.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /** The place, or empty if the text is no cursor of this version, or one of another filter. */
    static Optional<HistoryCursor> decode(String text, HistoryFilter filter) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        var seconds = buffer.getLong();
        var nanos = buffer.getInt();
        var wagerId = new UUID(buffer.getLong(), buffer.getLong());
        var fingerprint = new byte[FINGERPRINT_BYTES];
        buffer.get(fingerprint);
        var isWhole = buffer.getInt() == checksum(bytes)
                && Arrays.equals(fingerprint, filter.fingerprint())
                && seconds >= Timestamps.EARLIEST.getEpochSecond()
                && seconds < Timestamps.END.getEpochSecond()
                && nanos >= 0
                && nanos < NANOS_PER_SECOND;
        return isWhole
                ? Optional.of(new HistoryCursor(Instant.ofEpochSecond(seconds, nanos), wagerId))
                : Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, CHECKED_BYTES);
        return (int) crc.getValue();
    }
}
