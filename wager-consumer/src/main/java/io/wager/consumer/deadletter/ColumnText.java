package io.wager.consumer.deadletter;

import org.jspecify.annotations.Nullable;

/** Makes any text one that every database takes: what comes from a broken message is broken in any way. */
final class ColumnText {

    private static final char REPLACEMENT = '\uFFFD';

    private ColumnText() {}

    /**
     * The text without NUL and unpaired surrogates, each of which becomes U+FFFD, and no longer than a column.
     *
     * @param limit length of the column in UTF-16 units
     */
    static String fit(String text, int limit) {
        var end = Math.min(text.length(), limit);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        var fitted = new StringBuilder(end);
        for (var i = 0; i < end; i++) {
            var c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                fitted.append(c).append(text.charAt(++i));
            } else {
                fitted.append(c == '\0' || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return fitted.toString();
    }

    /** The same, of what may be absent. */
    static @Nullable String fitNullable(@Nullable String text, int limit) {
        return text == null ? null : fit(text, limit);
    }
}
