package io.wager.cli.api;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A player and what it spent.
 *
 * @param accountId the player
 * @param username its name
 * @param total the exact sum
 */
public record Spender(UUID accountId, String username, BigDecimal total) {}
