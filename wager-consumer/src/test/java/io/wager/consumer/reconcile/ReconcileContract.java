package io.wager.consumer.reconcile;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.consumer.schema.TestTable;
import io.wager.consumer.store.IdBytes;
import io.wager.consumer.store.TestStore;
import io.wager.consumer.store.WagerStore;
import io.wager.core.wager.Wager;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What reconcile promises of totals on every database; subclasses say on which. */
abstract class ReconcileContract {

    private static final String ANN = "2c937b23-03ae-4110-90d5-47d055d89001";
    private static final String BEN = "f0000000-03ae-4110-90d5-47d055d89002";
    private static final LocalDate MAY_17 = LocalDate.of(2026, 5, 17);

    @TempDir
    private Path folder;

    private JdbcTemplate jdbc;
    private WagerStore store;

    /** A database with the schema, used by all tests of the class: each empties it first. */
    abstract DataSource dataSource();

    /** The same with the rights of the account that the tested code has. */
    DataSource serviceDataSource() {
        return dataSource();
    }

    @BeforeEach
    void emptyTables() {
        jdbc = new JdbcTemplate(dataSource());
        jdbc.update("DELETE FROM audit_entry");
        TestTable.deleteAll(jdbc);
        store = TestStore.on(dataSource());
    }

    @Test
    void anEmptyDatabaseIsConsistent() throws Exception {
        var run = run().requireConsistent();

        assertThat(run.report().at("/totals/players").asLong()).isZero();
        assertThat(run.output()).contains("consistent");
    }

    @Test
    void whatTheStoreWritesIsConsistentToTheLastDigit() throws Exception {
        storeSome();

        var run = run().requireConsistent();

        assertThat(run.report().at("/totals/players").asLong()).isEqualTo(2);
        assertThat(run.report().at("/totals/wagers").asLong()).isEqualTo(4);
        assertThat(run.report().at("/totals/dayRows").asLong()).isEqualTo(3);
        assertThat(run.report().at("/totals/amount").decimalValue())
                .isEqualByComparingTo("1000000000000029.500000000000000001");
        assertThat(run.report().at("/startedAt").asText())
                .isLessThanOrEqualTo(run.report().at("/finishedAt").asText());
    }

    @Test
    void aTotalThatWasChangedIsFoundRepairedAndThenRight() throws Exception {
        storeSome();
        jdbc.update(
                "UPDATE player SET total_amount = total_amount + CAST(0.000000000000000001 AS DECIMAL(38, 18)) WHERE account_id = ?",
                id(ANN));

        var found = run();
        var repaired = run("--repair", "--actor", "Zoe");

        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.kinds()).containsExactly("player-total");
        var finding = repaired.finding("player-total");
        assertThat(finding.get("accountId").asText()).isEqualTo(ANN);
        assertThat(finding.at("/stored/amount").decimalValue()).isEqualByComparingTo("30.500000000000000002");
        assertThat(finding.at("/rows/amount").decimalValue()).isEqualByComparingTo("30.500000000000000001");
        assertThat(finding.at("/rows/count").asLong()).isEqualTo(3);
        assertThat(finding.get("repaired").asBoolean()).isTrue();
        assertThat(repaired.exitCode()).isZero();
        assertThat(repaired.report().get("result").asText()).isEqualTo("repaired");
        run().requireConsistent();
        assertThat(jdbc.queryForList("SELECT actor, action, target, outcome FROM audit_entry"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.get("actor")).isEqualTo("Zoe");
                    assertThat(entry.get("action")).isEqualTo("reconcile-repair");
                    assertThat(entry.get("target")).isEqualTo(ANN);
                    assertThat((String) entry.get("outcome"))
                            .contains("30.500000000000000002 of 3 wagers to 30.500000000000000001 of 3 wagers");
                });
    }

    @Test
    void aWrongCountIsFoundThoughTheAmountIsRight() throws Exception {
        storeSome();
        jdbc.update("UPDATE player_day SET wager_count = 7 WHERE created_on = ? AND account_id = ?", MAY_17, id(ANN));

        assertThat(run().kinds()).containsExactly("day-total");
        assertThat(run("--repair").exitCode()).isZero();
        run().requireConsistent();
    }

    @Test
    void aDayWithoutItsRowAndARowWithoutItsDayAreFoundAndRepaired() throws Exception {
        storeSome();
        jdbc.update("DELETE FROM player_day WHERE created_on = ? AND account_id = ?", MAY_17, id(ANN));
        addDay(MAY_17.minusDays(1), ANN);
        addDay(MAY_17, "00000000-0000-0000-0000-000000000000");

        var found = run();
        var repaired = run("--repair");

        assertThat(found.kinds()).containsExactly("day-missing", "day-without-wagers", "day-without-wagers");
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(repaired.kinds()).isEqualTo(found.kinds());
        assertThat(repaired.exitCode()).isZero();
        run().requireConsistent();
    }

    @Test
    void wagersWithoutTheirPlayerAndAPlayerWithoutWagersAreFoundAndRepaired() throws Exception {
        storeSome();
        var username = jdbc.queryForObject("SELECT username FROM player WHERE account_id = ?", String.class, id(ANN));
        jdbc.update("DELETE FROM player WHERE account_id = ?", id(ANN));
        jdbc.update("""
                INSERT INTO player (account_id, username, username_created_at, username_wager_id, total_amount, wager_count)
                SELECT ?, username, username_created_at, username_wager_id, 0, 0 FROM player WHERE account_id = ?
                """, id("ffffffff-ffff-ffff-ffff-ffffffffffff"), id(BEN));

        var found = run();

        assertThat(found.kinds()).containsExactly("player-missing", "player-without-wagers");
        assertThat(found.finding("player-missing").get("stored").isNull()).isTrue();
        var repaired = run("--repair");
        assertThat(repaired.exitCode()).as(repaired.output()).isZero();
        run().requireConsistent();
        assertThat(jdbc.queryForObject("SELECT username FROM player WHERE account_id = ?", String.class, id(ANN)))
                .isEqualTo(username)
                .isEqualTo("Ann the third");
        assertThat(TestTable.PLAYER.count(jdbc)).isEqualTo(2);
    }

    @Test
    void morePlayersThanOnePageHoldsAreAllLookedAt() throws Exception {
        for (var batch = 0; batch < 3; batch++) {
            TestStore.store(
                    store,
                    IntStream.range(0, 400).mapToObj(i -> aWager().build()).toArray(Wager[]::new));
        }
        jdbc.update("UPDATE player SET wager_count = 2 WHERE account_id = (SELECT MAX(account_id) FROM player)");
        jdbc.update("UPDATE player SET wager_count = 2 WHERE account_id = (SELECT MIN(account_id) FROM player)");

        var run = run();

        assertThat(run.report().at("/totals/players").asLong()).isEqualTo(1_200);
        assertThat(run.report().at("/totals/dayRows").asLong()).isEqualTo(1_200);
        assertThat(run.kinds()).containsExactly("player-total", "player-total");
    }

    @Test
    void nothingIsFoundWhileWagersPourIn() throws Exception {
        var wrong = aWager().by(BEN).of("5").build();
        TestStore.store(store, wrong);
        jdbc.update("UPDATE player SET total_amount = 6 WHERE account_id = ?", id(BEN));
        var stop = new AtomicBoolean();
        try (var threads = Executors.newSingleThreadExecutor()) {
            var pouring = threads.submit(() -> {
                var stored = 0;
                for (var batch = 0; !stop.get(); batch++) {
                    var day = "2026-05-" + (10 + batch % 10) + "T00:00:00Z";
                    var wagers = IntStream.range(0, 40)
                            .mapToObj(i -> aWager().by(player(i % 8))
                                    .of("1.25")
                                    .placedAt(day)
                                    .build())
                            .toArray(Wager[]::new);
                    TestStore.store(store, wagers);
                    stored += wagers.length;
                }
                return stored;
            });
            try {
                for (var i = 0; i < 5; i++) {
                    assertThat(run().kinds()).containsExactly("player-total");
                }
                assertThat(run("--repair").kinds()).containsExactly("player-total");
                for (var i = 0; i < 5; i++) {
                    run().requireConsistent();
                }
            } finally {
                stop.set(true);
            }
            var stored = pouring.get();
            var run = run().requireConsistent();
            assertThat(run.report().at("/totals/wagers").asInt()).isEqualTo(stored + 1);
        }
    }

    private ReconcileRun run(String... arguments) throws Exception {
        return ReconcileRun.of(serviceDataSource(), folder, arguments);
    }

    private void storeSome() {
        TestStore.store(
                store,
                aWager().by(ANN).of("10.25").placedAt("2026-05-17T00:00:00Z").build(),
                aWager().by(ANN)
                        .of("20.25")
                        .placedAt("2026-05-17T23:59:59.999999Z")
                        .build(),
                aWager().by(BEN).of("999999999999999").build());
        TestStore.store(
                store,
                aWager().by(ANN)
                        .named("Ann the third")
                        .of("0.000000000000000001")
                        .placedAt("2026-05-18T00:00:00Z")
                        .build());
    }

    private void addDay(LocalDate day, String player) {
        jdbc.update(
                "INSERT INTO player_day (created_on, account_id, total_amount, wager_count) VALUES (?, ?, ?, 1)",
                day,
                id(player),
                new BigDecimal("7.000000000000000001"));
    }

    private static String player(int number) {
        return ANN.substring(0, ANN.length() - 1).replace("2c937b23", number + "c937b23") + number;
    }

    private static byte[] id(String uuid) {
        return IdBytes.of(UUID.fromString(uuid));
    }
}
