package io.wager.api.player;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A player and what it spent.
 *
 * @param accountId the player
 * @param username the name on its wager with the latest createdDateTime
 * @param totalAmountSpend the sum of its amounts, exact
 */
record TopSpender(UUID accountId, String username, BigDecimal totalAmountSpend) {}
