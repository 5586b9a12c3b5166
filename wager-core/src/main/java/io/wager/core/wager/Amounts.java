package io.wager.core.wager;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The rules of amounts: exact decimals, measured by value, never rounded. */
public final class Amounts {

    /** Most digits before the decimal point, leading zeros not counted. */
    public static final int MAX_INTEGER_DIGITS = 15;

    /** Most digits after the decimal point, trailing zeros not counted. */
    public static final int MAX_FRACTION_DIGITS = 18;

    /** Most integer digits that a running total keeps; its fraction has {@link #MAX_FRACTION_DIGITS}. */
    public static final int MAX_TOTAL_INTEGER_DIGITS = 20;

    /** A number with more characters than this is refused unread: no real amount has so many. */
    private static final int MAX_LITERAL_CHARS = 1_000;

    /** Digits of an exponent beyond which a number is refused unread, zero or not. */
    private static final int MAX_EXPONENT_DIGITS = 6;

    private Amounts() {}

    /**
     * The one form of a value: no trailing zeros, no negative scale, no negative zero. Two amounts are equal by value exactly
     * if their normal forms are {@link BigDecimal#equals equal}.
     *
     * @param amount any amount
     * @return the same value
     */
    public static BigDecimal normalise(BigDecimal amount) {
        var stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /**
     * Reads a JSON number exactly, if its value has at most the digits given. It works on the text, so a number of absurd length or
     * exponent is refused without being computed.
     *
     * @param literal a number as JSON spells it, already known to be well-formed
     * @param maxIntegerDigits most digits before the point, by value
     * @param maxFractionDigits most digits after the point, by value
     * @return the value in normal form, or what is wrong
     */
    static ParsedNumber parse(String literal, int maxIntegerDigits, int maxFractionDigits) {
        if (literal.length() > MAX_LITERAL_CHARS) {
            return new ParsedNumber.Unusable("is written with more than " + MAX_LITERAL_CHARS + " characters");
        }
        var exponentAt = Math.max(literal.indexOf('e'), literal.indexOf('E'));
        var exponent = exponentAt < 0 ? 0 : parseExponent(literal, exponentAt + 1);
        if (exponent == Integer.MIN_VALUE) {
            return new ParsedNumber.Unusable("has an exponent of more than " + MAX_EXPONENT_DIGITS + " digits");
        }
        var negative = literal.charAt(0) == '-';
        var digits = new StringBuilder(literal.length());
        var scale = -exponent;
        var afterPoint = false;
        for (var i = negative ? 1 : 0; i < (exponentAt < 0 ? literal.length() : exponentAt); i++) {
            var c = literal.charAt(i);
            if (c == '.') {
                afterPoint = true;
                continue;
            }
            if (afterPoint) {
                scale++;
            }
            if (c != '0' || !digits.isEmpty()) {
                digits.append(c);
            }
        }
        while (!digits.isEmpty() && digits.charAt(digits.length() - 1) == '0') {
            digits.setLength(digits.length() - 1);
            scale--;
        }
        if (digits.isEmpty()) {
            return new ParsedNumber.Exact(BigDecimal.ZERO);
        }
        // Only now, with the digits counted by value: 0.5 has no integer digit, 1e3 has four and no fraction digit.
        if (digits.length() - scale > maxIntegerDigits) {
            return new ParsedNumber.Unusable("has more than " + maxIntegerDigits + " integer digits");
        }
        if (scale > maxFractionDigits) {
            return new ParsedNumber.Unusable("has more than " + maxFractionDigits + " fraction digits");
        }
        var unscaled = new BigInteger(digits.toString());
        return new ParsedNumber.Exact(normalise(new BigDecimal(negative ? unscaled.negate() : unscaled, scale)));
    }

    /** The exponent, or {@link Integer#MIN_VALUE} if it is absurd. */
    private static int parseExponent(String literal, int from) {
        var start = literal.charAt(from) == '+' || literal.charAt(from) == '-' ? from + 1 : from;
        while (start < literal.length() - 1 && literal.charAt(start) == '0') {
            start++;
        }
        if (literal.length() - start > MAX_EXPONENT_DIGITS) {
            return Integer.MIN_VALUE;
        }
        var magnitude = Integer.parseInt(literal, start, literal.length(), 10);
        return literal.charAt(from) == '-' ? -magnitude : magnitude;
    }

    /** The result of reading a number's text. */
    sealed interface ParsedNumber {

        /**
         * The exact value.
         *
         * @param value in normal form
         */
        record Exact(BigDecimal value) implements ParsedNumber {}

        /**
         * No value that can be kept.
         *
         * @param problem what is wrong, to follow the property's name
         */
        record Unusable(String problem) implements ParsedNumber {}
    }
}
