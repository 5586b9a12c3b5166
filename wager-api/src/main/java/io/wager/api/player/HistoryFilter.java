package io.wager.api.player;

import io.wager.api.http.Days;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which wagers of a history are asked for.
 *
 * @param accountId the player
 * @param days when they were created
 * @param provider only of this provider; exactly
 * @param game only of games of this name; exactly
 */
record HistoryFilter(
        UUID accountId,
        Days days,
        @Nullable String provider,
        @Nullable String game) {

    private static final int FINGERPRINT_BYTES = 8;

    /** Tells whether it is the player's whole history. */
    boolean isWhole() {
        return days.isUnbounded() && provider == null && game == null;
    }

    /** Tells whether wagers are chosen by their provider or game, which no index helps to find. */
    boolean isByName() {
        return provider != null || game != null;
    }

    /** A few bytes by which a cursor is held to the filter that it was made for. */
    byte[] fingerprint() {
        // NUL can't stand in a provider's or game's name, so that no two filters run together.
        var text = String.join(
                "\0",
                accountId.toString(),
                Objects.toString(days.from(), ""),
                Objects.toString(days.to(), ""),
                Objects.requireNonNullElse(provider, ""),
                Objects.requireNonNullElse(game, ""));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(hash, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
