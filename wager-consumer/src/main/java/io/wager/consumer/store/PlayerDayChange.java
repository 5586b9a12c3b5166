package io.wager.consumer.store;

import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What new wagers add to one player's day.
 *
 * @param createdOn the UTC day on which they were placed
 * @param accountId the player
 * @param amount the sum of their amounts
 * @param count how many they are
 */
record PlayerDayChange(LocalDate createdOn, AccountId accountId, BigDecimal amount, long count) {

    /**
     * Adds up wagers by day and player.
     *
     * @param inserted the wagers that are new, in any order
     * @return one change for each day and player, by day and then accountId
     */
    static List<PlayerDayChange> of(List<Wager> inserted) {
        var changes = new TreeMap<Key, PlayerDayChange>();
        for (var wager : inserted) {
            var day = LocalDate.ofInstant(wager.createdDateTime(), ZoneOffset.UTC);
            var change = new PlayerDayChange(day, wager.accountId(), wager.amount(), 1);
            changes.merge(new Key(day, wager.accountId()), change, PlayerDayChange::plus);
        }
        return List.copyOf(changes.values());
    }

    private PlayerDayChange plus(PlayerDayChange other) {
        return new PlayerDayChange(createdOn, accountId, amount.add(other.amount), count + other.count);
    }

    private record Key(LocalDate createdOn, AccountId accountId) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::createdOn).thenComparing(Key::accountId);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
