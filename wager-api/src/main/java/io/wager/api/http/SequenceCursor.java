package io.wager.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is ordered by a number of its rows: after the row of this number. As text it is a version byte, the
 * number, a fingerprint of the list and its filters, and a checksum, in URL-safe Base64. The checksum is against accidents;
 * whoever forges a cursor only asks for another place of a list that it may read anyway.
 *
 * @param sequence the number of the last row before this place
 */
public record SequenceCursor(long sequence) {

    private static final byte VERSION = 1;
    private static final int FINGERPRINT_BYTES = 8;
    private static final int CHECKED_BYTES = 1 + Long.BYTES + FINGERPRINT_BYTES;
    private static final int LENGTH = CHECKED_BYTES + Integer.BYTES;

    /**
     * The cursor as text.
     *
     * @param list the list's name and its filters, in whatever spelling
     * @return what {@link #read} takes for the same list
     */
    public String encode(String list) {
        var buffer = ByteBuffer.allocate(LENGTH).put(VERSION).putLong(sequence).put(fingerprint(list));
        buffer.putInt(checksum(buffer.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /**
     * The parameter {@code cursor}; a fault if it is not one of this list.
     *
     * @param parameters the request's
     * @param list as {@link #encode} was told
     * @return the place, or null for the start
     */
    public static @Nullable SequenceCursor read(RequestParameters parameters, String list) {
        var text = parameters.text("cursor");
        if (text == null) {
            return null;
        }
        var cursor = decode(text, list);
        if (cursor.isEmpty()) {
            parameters.fault(
                    "cursor", "broken-cursor", "is not a cursor of an earlier answer of this list and these filters");
        }
        return cursor.orElse(null);
    }

    private static Optional<SequenceCursor> decode(String text, String list) {
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
        var sequence = buffer.getLong();
        var fingerprint = new byte[FINGERPRINT_BYTES];
        buffer.get(fingerprint);
        return buffer.getInt() == checksum(bytes) && Arrays.equals(fingerprint, fingerprint(list))
                ? Optional.of(new SequenceCursor(sequence))
                : Optional.empty();
    }

    private static byte[] fingerprint(String list) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, CHECKED_BYTES);
        return (int) crc.getValue();
    }
}
