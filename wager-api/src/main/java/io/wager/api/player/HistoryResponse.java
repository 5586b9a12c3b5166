package io.wager.api.player;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.wager.core.wager.Amounts;
import io.wager.core.wager.Timestamps;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a player's history, latest createdDateTime first, ties by wagerId.
 *
 * @param data the wagers
 * @param page the page, from 1; absent when asked by cursor
 * @param pageSize how many wagers a page has
 * @param total how many wagers there are in all; absent when asked by cursor, since counting would cost more than reading
 * @param totalPages how many pages that makes; absent when asked by cursor
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryResponse(
        List<Item> data,
        @Nullable Integer page,
        int pageSize,
        @Nullable Long total,
        @Nullable Long totalPages) {

    static List<Item> items(List<HistoryRepository.Entry> entries) {
        return entries.stream()
                .map(entry -> new Item(
                        entry.wagerId(),
                        entry.game(),
                        entry.provider(),
                        Amounts.normalise(entry.amount()),
                        Timestamps.format(entry.createdAt())))
                .toList();
    }

    /**
     * One wager.
     *
     * @param wagerId its id
     * @param game the game's name
     * @param provider the provider's name
     * @param amount exact
     * @param createdDate when it was placed, in UTC with Z
     */
    record Item(UUID wagerId, String game, String provider, BigDecimal amount, String createdDate) {}
}
