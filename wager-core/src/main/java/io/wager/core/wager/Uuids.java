package io.wager.core.wager;

import java.util.Optional;
import java.util.UUID;

/**
 * The only spelling of UUIDs in the contract: 8-4-4-4-12 hexadecimal digits in any letter case, any version and variant. {@link
 * UUID#fromString} alone also accepts shorter groups and pads them.
 */
public final class Uuids {

    private static final int LENGTH = 36;

    private Uuids() {}

    /**
     * Reads a UUID.
     *
     * @param text what was sent
     * @return the UUID, or empty if the text is not one
     */
    public static Optional<UUID> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        var digits = 0;
        for (var i = 0; i < LENGTH; i++) {
            var c = text.charAt(i);
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (c != '-') {
                    return Optional.empty();
                }
                continue;
            }
            var digit = hexDigit(c);
            if (digit < 0) {
                return Optional.empty();
            }
            if (digits++ < 16) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        return Optional.of(new UUID(high, low));
    }

    /** ASCII only: {@link Character#digit} would take the digits of other scripts too. */
    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        var lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
