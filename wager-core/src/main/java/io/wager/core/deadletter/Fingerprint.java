package io.wager.core.deadletter;

import io.wager.core.messaging.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A key of similar dead letters: the reason, the type of the failure, and its message without variable parts such as ids, numbers and
 * quoted values. Letters with the same fingerprint form a group and probably have one cause.
 *
 * @param value 16 lower-case hexadecimal digits
 * @param title the normalised message, at most {@value #TITLE_LIMIT_CHARS} UTF-16 units; the name of the group
 */
public record Fingerprint(String value, String title) {

    /** Longest title. */
    public static final int TITLE_LIMIT_CHARS = 300;

    private static final int BYTES = 8;

    /** The first words of a failure show its kind, so more is not read. */
    private static final int READ_CHARS = 1_000;

    /** In this order: an id holds numbers, a quoted value may hold both. */
    private static final Pattern VARIABLE = Pattern.compile("'[^']*'|\"[^\"]*\""
            + "|\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b"
            + "|\\b(?:0[xX])?(?=[0-9a-fA-F]*[0-9])[0-9a-fA-F]{8,}\\b"
            + "|(?<![\\p{L}_])[0-9]+(?:[.,:][0-9]+)*(?:[eE][+-]?[0-9]+)?");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /**
     * The fingerprint of a failure.
     *
     * @param reason why the message is dead
     * @param exceptionType the kind of failure
     * @param message what happened, in words
     * @return the fingerprint
     */
    public static Fingerprint of(DeadLetterReason reason, String exceptionType, String message) {
        var normalised = normalise(message);
        var key = reason.wireForm() + '\n' + exceptionType + '\n' + normalised;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return new Fingerprint(
                    HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)), cut(normalised, TITLE_LIMIT_CHARS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String normalise(String message) {
        var head = cut(message, READ_CHARS);
        var same = VARIABLE.matcher(head).replaceAll("…");
        return SPACE.matcher(same).replaceAll(" ").strip();
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
