package io.wager.core.wager;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * Points in time in the contract's form: RFC 3339 with an offset or Z, kept to 100 ns in UTC, the precision of {@code DATETIME2(7)}.
 */
public final class Timestamps {

    /** The first moment that can be kept: the start of year 1, the lower end of {@code DATETIME2}. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** The moment after the last that can be kept: the end of year 9999. */
    public static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private static final int NANOS_PER_TICK = 100;
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, MAX_FRACTION_DIGITS, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /**
     * Drops digits beyond 100 ns.
     *
     * @param instant any point in time
     * @return the same or up to 99 ns earlier
     */
    public static Instant truncate(Instant instant) {
        return instant.minusNanos(instant.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_TICK);
    }

    /**
     * Writes a point in time in the contract's form: UTC with Z, and as many fraction digits as it needs.
     *
     * @param instant in the years 1 to 9999
     * @return for example {@code 2026-05-17T22:04:10.4947679Z}
     */
    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }

    /**
     * Reads RFC 3339, strictly: {@code T} and {@code Z} in either case, seconds required, up to nine fraction digits, an
     * offset required. A leap second can't be kept and is refused.
     *
     * @param text what was sent
     * @return the point in time, to 100 ns
     * @throws DateTimeException if the text is not one, with a message fit for a client
     */
    public static Instant parse(String text) {
        var scanner = new Scanner(text);
        var year = scanner.digits(4);
        scanner.literal('-');
        var month = scanner.digits(2);
        scanner.literal('-');
        var day = scanner.digits(2);
        scanner.letter('T');
        var hour = scanner.digits(2);
        scanner.literal(':');
        var minute = scanner.digits(2);
        scanner.literal(':');
        var second = scanner.digits(2);
        var nanos = scanner.fraction();
        var offsetSeconds = scanner.offsetSeconds();
        LocalDateTime local;
        try {
            local = LocalDateTime.of(year, month, day, hour, minute, second);
        } catch (DateTimeException e) {
            throw new DateTimeException("is not a date and time that exists", e);
        }
        var instant = Instant.ofEpochSecond(local.toEpochSecond(ZoneOffset.UTC) - offsetSeconds, nanos);
        if (instant.isBefore(EARLIEST) || !instant.isBefore(END)) {
            throw new DateTimeException("must be in the years 0001 to 9999 in UTC");
        }
        return truncate(instant);
    }

    /** Reads the text from left to right; every method throws when what it wants is not there. */
    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        private DateTimeException wrongShape() {
            return new DateTimeException(
                    "must be an RFC 3339 timestamp with seconds and an offset or Z, such as 2026-05-18T00:04:10.4947679+02:00");
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private boolean atDigit() {
            return peek() >= '0' && peek() <= '9';
        }

        int digits(int count) {
            var value = 0;
            for (var i = 0; i < count; i++) {
                if (!atDigit()) {
                    throw wrongShape();
                }
                value = value * 10 + (text.charAt(at++) - '0');
            }
            return value;
        }

        void literal(char wanted) {
            if (peek() != wanted) {
                throw wrongShape();
            }
            at++;
        }

        void letter(char wanted) {
            if ((peek() & ~0x20) != wanted) {
                throw wrongShape();
            }
            at++;
        }

        int fraction() {
            if (peek() != '.') {
                return 0;
            }
            at++;
            var nanos = 0;
            var count = 0;
            while (atDigit()) {
                if (count++ == MAX_FRACTION_DIGITS) {
                    throw new DateTimeException("has more than " + MAX_FRACTION_DIGITS + " fraction digits");
                }
                nanos = nanos * 10 + (text.charAt(at++) - '0');
            }
            if (count == 0) {
                throw wrongShape();
            }
            for (; count < MAX_FRACTION_DIGITS; count++) {
                nanos *= 10;
            }
            return nanos;
        }

        int offsetSeconds() {
            if (at == text.length()) {
                throw new DateTimeException("has no offset: end it with Z or an offset such as +02:00");
            }
            var sign = peek();
            if (sign != '+' && sign != '-') {
                letter('Z');
                end();
                return 0;
            }
            at++;
            var hours = digits(2);
            literal(':');
            var minutes = digits(2);
            end();
            if (hours > 23 || minutes > 59) {
                throw new DateTimeException("has an offset that does not exist");
            }
            var seconds = (hours * 60 + minutes) * 60;
            return sign == '-' ? -seconds : seconds;
        }

        private void end() {
            if (at != text.length()) {
                throw wrongShape();
            }
        }
    }
}
