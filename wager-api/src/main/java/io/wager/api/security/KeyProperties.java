package io.wager.api.security;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * API keys.
 *
 * @param file the file of keys, as {@code ./wager key} writes it; without it there are none
 * @param pepper the secret that the hashes in the file were made with, at least 32 characters
 * @param previousPepper the pepper before this one, while keys that were made with it are still in use
 * @param reloadInterval how often the file is looked at, from 100 ms to 5 s
 */
@ConfigurationProperties("wager.security.keys")
public record KeyProperties(
        @Nullable Path file,
        @Nullable String pepper,
        @Nullable String previousPepper,
        @DefaultValue("2s") Duration reloadInterval) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Refuses what can't work. */
    public KeyProperties {
        if (reloadInterval.compareTo(SHORTEST) < 0 || reloadInterval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "wager.security.keys.reload-interval must be from 100ms to 5s, and is " + reloadInterval);
        }
        if (file != null && (pepper == null || pepper.isBlank())) {
            throw new IllegalArgumentException("wager.security.keys.file needs wager.security.keys.pepper,"
                    + " the secret with which its hashes were made");
        }
    }

    /** Without the peppers. */
    @Override
    public String toString() {
        return "KeyProperties[file=" + file + ", reloadInterval=" + reloadInterval + "]";
    }
}
