package io.wager.cli.api;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} as RFC 9110 has it: seconds, or a date. */
final class RetryAfter {

    private RetryAfter() {}

    /** How long to wait; null where the server did not say, or said neither. */
    static @Nullable Duration of(HttpHeaders headers) {
        var header = headers.firstValue("Retry-After").orElse("").strip();
        if (header.isEmpty()) {
            return null;
        }
        if (header.length() <= 9 && header.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            var until =
                    Duration.between(Instant.now(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
