package io.wager.cli.api;

import java.util.Objects;
import java.util.UUID;

/**
 * What became of a wager.
 *
 * @param wagerId the wager
 * @param status {@code stored}, {@code dead-lettered} or {@code unknown}
 * @param conflicts how many distinct other contents came for its id
 */
public record Fate(UUID wagerId, String status, int conflicts) {

    /** Refuses an answer that lacks a part. */
    public Fate {
        Objects.requireNonNull(wagerId, "a fate has no wagerId");
        Objects.requireNonNull(status, "a fate has no status");
    }
}
