package io.wager.consumer.store;

import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What new wagers add to one player.
 *
 * @param accountId the player
 * @param amount the sum of their amounts
 * @param count how many they are
 * @param username the name on the latest of them; of those at the same time, on the one with the highest id
 * @param usernameCreatedAt when that one was placed
 * @param usernameWagerId its id
 */
record PlayerChange(
        AccountId accountId,
        BigDecimal amount,
        long count,
        String username,
        Instant usernameCreatedAt,
        WagerId usernameWagerId) {

    private static final Comparator<PlayerChange> BY_NAME_SHOWN =
            Comparator.comparing(PlayerChange::usernameCreatedAt).thenComparing(PlayerChange::usernameWagerId);

    /**
     * Adds up wagers by player.
     *
     * @param inserted the wagers that are new, in any order
     * @return one change for each player, by accountId
     */
    static List<PlayerChange> of(List<Wager> inserted) {
        var changes = new TreeMap<AccountId, PlayerChange>();
        for (var wager : inserted) {
            changes.merge(wager.accountId(), of(wager), PlayerChange::plus);
        }
        return List.copyOf(changes.values());
    }

    private static PlayerChange of(Wager wager) {
        return new PlayerChange(
                wager.accountId(), wager.amount(), 1, wager.username(), wager.createdDateTime(), wager.wagerId());
    }

    private PlayerChange plus(PlayerChange other) {
        var named = BY_NAME_SHOWN.compare(this, other) >= 0 ? this : other;
        return new PlayerChange(
                accountId,
                amount.add(other.amount),
                count + other.count,
                named.username,
                named.usernameCreatedAt,
                named.usernameWagerId);
    }
}
