package io.wager.consumer.store;

import io.wager.consumer.schema.TestSchema;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;

/**
 * Prints how many wagers a second the store takes on H2; a program to be run by hand, no test. Arguments: a new folder for the
 * database; {@code embedded} or {@code tcp}; how many batches; how many wagers a batch; more settings for H2's URL, such as
 * {@code ;PAGE_SIZE=4096}, or nothing.
 *
 * <p>The load is the contract's: 1,000 players, 100 providers with 10 games each, times spread over a year, random ids.
 */
final class StoreThroughput {

    private static final int PLAYERS = 1_000;
    private static final int PROVIDERS = 100;
    private static final int GAMES_PER_PROVIDER = 10;
    private static final List<String> THEMES =
            List.of("ancient", "adventure", "wildlife", "jungle", "retro", "family", "crash");
    private static final int SECONDS_PER_YEAR = 365 * 86_400;
    private static final Instant YEAR = Instant.parse("2025-11-21T00:00:00Z");
    private static final int REPORTS = 10;

    private final Random random = new Random(1);

    private StoreThroughput() {}

    @SuppressWarnings("SystemOut") // A program that prints its result.
    public static void main(String[] args) throws Exception {
        var file = Path.of(args[0]).toAbsolutePath().resolve("wagers");
        var batches = Integer.parseInt(args[2]);
        var size = Integer.parseInt(args[3]);
        var more = args.length > 4 ? args[4] : "";
        var server = "tcp".equals(args[1])
                ? Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start()
                : null;
        var host = server == null ? "file:" : "tcp://127.0.0.1:" + server.getPort() + "/";
        var pool = JdbcConnectionPool.create("jdbc:h2:" + host + file + ";WRITE_DELAY=0" + more, "sa", "");
        TestSchema.migrate(pool);

        new StoreThroughput().run(pool, batches, size);

        pool.dispose();
        if (server != null) {
            server.stop();
        }
    }

    @SuppressWarnings("SystemOut")
    private void run(DataSource dataSource, int batches, int size) {
        var properties = new StoreProperties(Duration.ofSeconds(5), Duration.ofSeconds(30), 20_000);
        var transactions = new StoreTransactions(dataSource, properties);
        var store = new JdbcWagerStore(transactions, new GameIds(transactions, 20_000), Clock.systemUTC());
        var perReport = Math.max(1, batches / REPORTS);
        var nanos = 0L;
        var total = 0L;
        for (var i = 1; i <= batches; i++) {
            var rows = batch(size);
            var start = System.nanoTime();
            store.store(rows);
            nanos += System.nanoTime() - start;
            if (i % perReport == 0) {
                total += nanos;
                System.out.printf(
                        "%,d wagers stored: %,d a second lately%n",
                        i * size, (long) perReport * size * 1_000_000_000L / nanos);
                nanos = 0;
            }
        }
        System.out.printf("all: %,d a second%n", (long) batches * size * 1_000_000_000L / Math.max(1, total));
    }

    private List<WagerRow> batch(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> wager())
                .map(wager -> new WagerRow(wager, ContentHash.of(wager), List.of()))
                .sorted(Comparator.comparing(row -> row.wager().wagerId()))
                .toList();
    }

    private Wager wager() {
        var player = random.nextInt(PLAYERS);
        return new Wager(
                new WagerId(uuid()),
                new AccountId(new UUID(player * 0x9E3779B97F4A7C15L, player)),
                "player-" + player,
                "provider " + random.nextInt(PROVIDERS),
                "game " + random.nextInt(GAMES_PER_PROVIDER),
                THEMES.get(random.nextInt(THEMES.size())),
                BigDecimal.valueOf(random.nextLong(1_000_000_000_000L, 5_000_000_000_000_000L), 11),
                YEAR.plusSeconds(random.nextInt(SECONDS_PER_YEAR)),
                uuid(),
                uuid(),
                uuid(),
                uuid(),
                random.nextInt(1, 10),
                "ZA",
                "session ".repeat(25),
                random.nextLong(1, 100_000));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
