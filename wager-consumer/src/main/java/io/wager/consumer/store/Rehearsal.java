package io.wager.consumer.store;

import io.wager.consumer.store.GameIds.Game;
import io.wager.consumer.store.StoreDialect.ProviderGame;
import io.wager.core.deadletter.Requeue;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Timestamps;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A made-up wager of a made-up player, whose every key is new, so that rehearsals at the same time do not meet. It comes with a conflict
 * and with a requeued dead letter that is not there: with it a transaction runs every statement of the store but one.
 */
final class Rehearsal {

    private static final String NAME = "rehearsal";

    private final Wager wager;
    private final Instant now;

    Rehearsal(Clock clock) {
        now = Timestamps.truncate(clock.instant());
        wager = wager(UUID.randomUUID(), BigDecimal.ONE);
    }

    Instant now() {
        return now;
    }

    List<WagerRow> rows() {
        var hash = ContentHash.of(wager);
        var conflict = ContentHash.of(wager(wager.wagerId().value(), BigDecimal.TWO));
        var requeue = new RequeueMark(new Requeue(UUID.randomUUID(), 1), hash);
        return List.of(new WagerRow(wager, hash, List.of(conflict), List.of(requeue)));
    }

    /** In the transaction that is rolled back, where the store gives new names their ids in one of their own. */
    KnownGame addGame(StoreDialect dialect, Connection connection) throws SQLException {
        var provider = Set.of(wager.provider());
        dialect.addProviders(connection, provider);
        var providerId = dialect.findProviders(connection, provider).get(wager.provider());
        var game = new ProviderGame(Objects.requireNonNull(providerId), wager.gameName());
        dialect.addGames(connection, Set.of(game));
        var id = dialect.findGames(connection, Set.of(game)).get(game);
        return KnownGame.of(Objects.requireNonNull(id), new Game(wager.provider(), wager.gameName()));
    }

    private Wager wager(UUID id, BigDecimal amount) {
        return new Wager(
                new WagerId(id),
                new AccountId(id),
                NAME,
                NAME + "-" + id,
                NAME,
                null,
                amount,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
