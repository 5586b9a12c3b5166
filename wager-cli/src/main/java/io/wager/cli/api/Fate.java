package io.wager.cli.api;

import java.util.UUID;

/**
 * What became of a wager.
 *
 * @param wagerId the wager
 * @param status {@code stored}, {@code dead-lettered} or {@code unknown}
 * @param conflicts how many distinct other contents came for its id
 */
public record Fate(UUID wagerId, String status, int conflicts) {}
