package io.wager.cli.api;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a player's history.
 *
 * @param amounts the amounts of its wagers, exact
 * @param total how many wagers the player has in all; null on the pages after the first
 * @param next where the next part is; null on the last
 */
public record HistoryPage(
        List<BigDecimal> amounts,
        @Nullable Long total,
        @Nullable URI next) {

    /** Copies the amounts. */
    public HistoryPage {
        amounts = List.copyOf(amounts);
    }
}
