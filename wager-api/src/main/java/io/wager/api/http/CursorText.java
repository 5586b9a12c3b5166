package io.wager.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Places in lists as text: a version byte, numbers, a fingerprint of the list and its filters, and a checksum, in URL-safe
 * Base64. The checksum is against accidents; whoever forges a cursor only asks for another place of a list that it may read
 * anyway.
 */
final class CursorText {

    private static final byte VERSION = 1;
    private static final int FINGERPRINT_BYTES = 8;
    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final long NANOS_PER_TICK = 100;

    private CursorText() {}

    static String encode(String list, long... numbers) {
        var buffer = ByteBuffer.allocate(length(numbers.length)).put(VERSION);
        for (var number : numbers) {
            buffer.putLong(number);
        }
        buffer.put(fingerprint(list));
        buffer.putInt(checksum(buffer.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /** The numbers, or null if the text is no cursor of this list; notes the fault then. Null without a fault for the start. */
    static long @Nullable [] read(RequestParameters parameters, String list, int numbers) {
        var text = parameters.text("cursor");
        if (text == null) {
            return null;
        }
        var place = decode(text, list, numbers);
        if (place == null) {
            parameters.fault(
                    "cursor", "broken-cursor", "is not a cursor of an earlier answer of this list and these filters");
        }
        return place;
    }

    /** A time in whole 100 ns, as the columns have it. */
    static long ticks(Instant time) {
        return time.getEpochSecond() * TICKS_PER_SECOND + time.getNano() / NANOS_PER_TICK;
    }

    static Instant time(long ticks) {
        return Instant.ofEpochSecond(
                Math.floorDiv(ticks, TICKS_PER_SECOND), Math.floorMod(ticks, TICKS_PER_SECOND) * NANOS_PER_TICK);
    }

    private static long @Nullable [] decode(String text, String list, int numbers) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (bytes.length != length(numbers) || bytes[0] != VERSION) {
            return null;
        }
        var buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        var place = new long[numbers];
        for (var i = 0; i < numbers; i++) {
            place[i] = buffer.getLong();
        }
        var fingerprint = new byte[FINGERPRINT_BYTES];
        buffer.get(fingerprint);
        return buffer.getInt() == checksum(bytes) && Arrays.equals(fingerprint, fingerprint(list)) ? place : null;
    }

    private static int length(int numbers) {
        return 1 + numbers * Long.BYTES + FINGERPRINT_BYTES + Integer.BYTES;
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
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
