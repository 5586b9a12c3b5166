package io.wager.consumer.store;

import io.wager.core.wager.Wager;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import javax.sql.DataSource;

/** The real store on a test's database, for tests of other packages. */
public final class TestStore {

    private static final int REMEMBERED_GAMES = 1_000;

    private TestStore() {}

    /** A store. */
    public static WagerStore on(DataSource dataSource) {
        var properties = new StoreProperties(Duration.ofSeconds(20), Duration.ofSeconds(60), REMEMBERED_GAMES);
        var transactions = new StoreTransactions(dataSource, properties);
        return new JdbcWagerStore(transactions, new GameIds(transactions, REMEMBERED_GAMES), Clock.systemUTC());
    }

    /** Stores wagers as one batch. */
    public static void store(WagerStore store, Wager... wagers) {
        store.store(Arrays.stream(wagers)
                .sorted(Comparator.comparing(Wager::wagerId))
                .map(WagerRow::of)
                .toList());
    }
}
