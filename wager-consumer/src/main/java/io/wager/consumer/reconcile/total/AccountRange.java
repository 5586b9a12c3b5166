package io.wager.consumer.reconcile.total;

import io.wager.core.wager.AccountId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Players from one id to another, both included, in the order of the ids' texts.
 *
 * @param from the first
 * @param to the last
 */
record AccountRange(UUID from, UUID to) {

    static final UUID FIRST = new UUID(0, 0);
    static final UUID LAST = new UUID(-1, -1);

    private static final double TWO_TO_64 = 0x1p64;

    /** One player. */
    static AccountRange of(AccountId player) {
        return new AccountRange(player.value(), player.value());
    }

    /** Where the next range begins; null after the last. */
    @Nullable
    UUID next() {
        return after(to);
    }

    /** The id after another; null after the last. */
    static @Nullable UUID after(UUID id) {
        if (id.equals(LAST)) {
            return null;
        }
        var low = id.getLeastSignificantBits() + 1;
        return new UUID(low == 0 ? id.getMostSignificantBits() + 1 : id.getMostSignificantBits(), low);
    }

    /** Which share of all possible ids lies before the end; ids are random, so about as many players do. */
    double share() {
        var high = to.getMostSignificantBits();
        var unsigned = (high >>> 1) * 2.0 + (high & 1);
        return Math.min(1, unsigned / TWO_TO_64);
    }

    static UUID earlier(UUID a, UUID b) {
        var high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        var order = high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
        return order <= 0 ? a : b;
    }
}
