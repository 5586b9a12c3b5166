package io.wager.api.security.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A key as its owner has it: {@code wgr_<id>_<secret>_<checksum>}. The prefix and the checksum (CRC-32 of all before it, as GitHub's
 * tokens have one) let scanners find a leaked key and nothing else.
 *
 * @param id names the key, 1 to 32 lower-case letters and digits; no secret
 * @param secret 256 random bits as 64 lower-case hexadecimal digits
 */
public record ApiKey(String id, String secret) {

    /** What every key begins with, and no JWT does. */
    public static final String PREFIX = "wgr_";

    private static final Pattern FORM =
            Pattern.compile("wgr_(?<id>[a-z0-9]{1,32})_(?<secret>[0-9a-f]{64})_(?<checksum>[0-9a-f]{8})");

    private static final int ID_BYTES = 5;
    private static final int SECRET_BYTES = 32;

    /**
     * Makes a key.
     *
     * @param random where its bits come from
     * @return a key that nobody has
     */
    public static ApiKey generate(SecureRandom random) {
        return new ApiKey("k" + hex(random, ID_BYTES), hex(random, SECRET_BYTES));
    }

    /**
     * Reads a key.
     *
     * @param token what a client sent
     * @return the key; null if it is none, is mistyped or cut
     */
    public static @Nullable ApiKey parse(String token) {
        var matcher = FORM.matcher(token);
        if (!matcher.matches()) {
            return null;
        }
        var key = new ApiKey(matcher.group("id"), matcher.group("secret"));
        return checksum(token, matcher.start("checksum") - 1).equals(matcher.group("checksum")) ? key : null;
    }

    /**
     * The key as its owner sends it.
     *
     * @return a secret: shown once, never logged
     */
    public String token() {
        var text = PREFIX + id + "_" + secret;
        return text + "_" + checksum(text, text.length());
    }

    /** Without the secret, so that no log gets it. */
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }

    private static String checksum(String text, int end) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII), 0, end);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static String hex(SecureRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
