package io.wager.core.wager;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of a wager in 33 bytes: a version byte, and the SHA-256 of the wager's canonical form. It distinguishes a duplicate from a
 * conflict. The version is that of the form, and hashes of different versions can't be compared. A change of the form must increase the
 * version and compare wagers stored under the old one by their fields. Otherwise every replay of an old wager would count as a conflict.
 *
 * <p>Version 1: all properties in the order of {@link Wager}, each after a byte that says whether it is present. Texts are UTF-8 after
 * their length in bytes (4 bytes). Ids have 16 bytes. The amount is the two's complement of its value times 10¹⁸ after its length (4
 * bytes). The time is its seconds since 1970 and its nanoseconds (8 and 4 bytes). Integers have 8 bytes. All is big-endian.
 */
public final class ContentHash {

    /** Length in bytes. */
    public static final int LENGTH = 33;

    private static final byte VERSION = 1;

    private final byte[] bytes;

    private ContentHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The hash of a wager.
     *
     * @param wager the wager
     * @return its hash, of the newest version
     */
    public static ContentHash of(Wager wager) {
        var digest = sha256().digest(canonicalForm(wager));
        var bytes = new byte[LENGTH];
        bytes[0] = VERSION;
        System.arraycopy(digest, 0, bytes, 1, digest.length);
        return new ContentHash(bytes);
    }

    /**
     * A hash as it was stored.
     *
     * @param bytes {@value #LENGTH} bytes
     * @return the hash
     */
    public static ContentHash ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a content hash has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new ContentHash(bytes.clone());
    }

    /**
     * The bytes to store.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    private static byte[] canonicalForm(Wager wager) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            write(out, wager.wagerId().value());
            write(out, wager.accountId().value());
            write(out, wager.username());
            write(out, wager.provider());
            write(out, wager.gameName());
            write(out, wager.theme());
            var unscaled = wager.amount()
                    .setScale(Amounts.MAX_FRACTION_DIGITS)
                    .unscaledValue()
                    .toByteArray();
            out.writeByte(1);
            out.writeInt(unscaled.length);
            out.write(unscaled);
            write(out, wager.createdDateTime());
            write(out, wager.transactionId());
            write(out, wager.brandId());
            write(out, wager.externalReferenceId());
            write(out, wager.transactionTypeId());
            var bets = wager.numberOfBets();
            write(out, bets == null ? null : Long.valueOf(bets));
            write(out, wager.countryCode());
            write(out, wager.sessionData());
            write(out, wager.durationMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        }
    }

    private static void write(DataOutputStream out, @Nullable UUID id) throws IOException {
        out.writeBoolean(id != null);
        if (id != null) {
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        }
    }

    private static void write(DataOutputStream out, @Nullable Long number) throws IOException {
        out.writeBoolean(number != null);
        if (number != null) {
            out.writeLong(number);
        }
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeByte(1);
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContentHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
