package io.wager.cli.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;

/**
 * A player and what it spent.
 *
 * @param accountId the player
 * @param username its name
 * @param total the exact sum
 */
public record Spender(
        UUID accountId,
        String username,
        @JsonProperty("totalAmountSpend") BigDecimal total) {

    /** Refuses an answer that lacks a part. */
    public Spender {
        Objects.requireNonNull(accountId, "a spender has no accountId");
        Objects.requireNonNull(username, "a spender has no username");
        Objects.requireNonNull(total, "a spender has no totalAmountSpend");
    }
}
