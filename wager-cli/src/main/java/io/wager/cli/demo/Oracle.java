package io.wager.cli.demo;

import io.wager.cli.generate.WagerGenerator;
import io.wager.core.wager.Wager;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must be stored once a stream has been sent, worked out from the stream alone. */
final class Oracle {

    private final Map<UUID, Player> players = new HashMap<>();
    private int wagers;
    private int poison;

    static Oracle of(WagerGenerator stream) {
        var oracle = new Oracle();
        for (var i = 0; i < stream.count(); i++) {
            switch (stream.role(i)) {
                case ORIGINAL -> oracle.add(stream.wager(i));
                case POISON -> oracle.poison++;
                case DUPLICATE -> {}
            }
        }
        return oracle;
    }

    private void add(Wager wager) {
        wagers++;
        players.computeIfAbsent(wager.accountId().value(), ignored -> new Player())
                .add(wager);
    }

    Map<UUID, Player> players() {
        return players;
    }

    int wagers() {
        return wagers;
    }

    int poison() {
        return poison;
    }

    BigDecimal total() {
        return players.values().stream().map(player -> player.total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** One player's part. */
    static final class Player {
        private BigDecimal total = BigDecimal.ZERO;
        private long count;
        private @Nullable Wager latest;

        private void add(Wager wager) {
            total = total.add(wager.amount());
            count++;
            var last = latest;
            if (last == null || isLater(wager, last)) {
                latest = wager;
            }
        }

        private static boolean isLater(Wager wager, Wager other) {
            var order = wager.createdDateTime().compareTo(other.createdDateTime());
            return order > 0 || (order == 0 && wager.wagerId().compareTo(other.wagerId()) > 0);
        }

        BigDecimal total() {
            return total;
        }

        long count() {
            return count;
        }

        /** The name on the latest wager. */
        String username() {
            var last = latest;
            return last == null ? "" : last.username();
        }
    }
}
