package io.wager.bench.faults;

import static io.wager.bench.faults.Pauses.pause;

import io.wager.bench.rig.FailingInserts.Mode;
import io.wager.bench.rig.Rig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What happens to the database. */
final class DatabaseFaults {

    private static final int PLAYERS_LOCKED = 100;
    private static final int SQL_ATTEMPTS = 100;
    private static final int SHORTEST_FLAPPING = 10;
    private static final List<String> TABLES_TO_RENAME = List.of("wager", "player", "player_day", "game");

    private DatabaseFaults() {}

    static void kill(Scene scene, Random random) throws Exception {
        killFor(scene, random, 500, 20_000);
    }

    static void killForMinutes(Scene scene, Random random) throws Exception {
        killFor(scene, random, 60_000, 120_000);
    }

    private static void killFor(Scene scene, Random random, int fromMillis, int toMillis) throws Exception {
        var database = scene.rig().database();
        database.kill();
        pause(random, fromMillis, toMillis);
        database.start();
    }

    static void flap(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        for (var outage = SHORTEST_FLAPPING + random.nextInt(SHORTEST_FLAPPING); outage > 0; outage--) {
            rig.setInserts(true, 0);
            pause(random, 20, 600);
            rig.setInserts(false, 0);
            pause(random, 20, 600);
        }
    }

    static void freeze(Scene scene, Random random) throws Exception {
        var database = scene.rig().database();
        database.freeze();
        pause(random, 500, 10_000);
        database.thaw();
    }

    static void slowDown(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        rig.setInserts(false, 1 + random.nextInt(20));
        pause(random, 2_000, 6_000);
        rig.setInserts(false, 0);
    }

    static void makeReadOnly(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        rig.setInserts(true, 0);
        pause(random, 1_000, 8_000);
        rig.setInserts(false, 0);
    }

    static void failForNoKnownReason(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        rig.setInserts(Mode.FAILING);
        pause(random, 2_000, 12_000);
        rig.setInserts(Mode.NORMAL);
    }

    static void poisonConnection(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        rig.setInserts(Mode.ONE_CONNECTION_FAILING);
        pause(random, 5_000, 15_000);
        rig.setInserts(Mode.NORMAL);
    }

    static void misconfigure(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        if (random.nextBoolean()) {
            for (var consumer : rig.consumers()) {
                sql(rig, "REVOKE INSERT ON wager FROM " + rig.user(consumer));
            }
            pause(random, 1_000, 8_000);
            for (var consumer : rig.consumers()) {
                sql(rig, "GRANT INSERT ON wager TO " + rig.user(consumer));
            }
        } else {
            renameFor(rig, TABLES_TO_RENAME.get(random.nextInt(TABLES_TO_RENAME.size())), random);
        }
    }

    static void breakArchive(Scene scene, Random random) throws Exception {
        renameFor(scene.rig(), "dead_letter_content", random);
    }

    private static void renameFor(Rig rig, String table, Random random) throws Exception {
        sql(rig, "ALTER TABLE " + table + " RENAME TO " + table + "_away");
        pause(random, 1_000, 12_000);
        sql(rig, "ALTER TABLE " + table + "_away RENAME TO " + table);
    }

    /** What changes a table waits for every transaction on it, and gives up after a second; so it tries again. */
    private static void sql(Rig rig, String statement) throws InterruptedException {
        for (var attempt = 1; ; attempt++) {
            try (var connection = rig.connect();
                    var change = connection.createStatement()) {
                change.execute(statement);
                return;
            } catch (SQLException busy) {
                if (attempt == SQL_ATTEMPTS) {
                    throw new IllegalStateException("the database does not take: " + statement, busy);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    static void deadlock(Scene scene, Random random) throws Exception {
        try (var connection = scene.rig().connect()) {
            connection.setAutoCommit(false);
            for (var round = 0; round < 5; round++) {
                lockPlayersDownwards(connection, random);
            }
        }
    }

    private static void lockPlayersDownwards(Connection connection, Random random)
            throws SQLException, InterruptedException {
        List<byte[]> players = new ArrayList<>();
        try (var statement = connection.prepareStatement(
                "SELECT account_id FROM player ORDER BY account_id DESC FETCH FIRST ? ROWS ONLY")) {
            statement.setInt(1, PLAYERS_LOCKED);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    players.add(rows.getBytes(1));
                }
            }
        }
        try (var lock =
                connection.prepareStatement("SELECT total_amount FROM player WHERE account_id = ? FOR UPDATE")) {
            for (var player : players) {
                lock.setBytes(1, player);
                lock.executeQuery().close();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(10));
            }
            pause(random, 100, 2_500);
        } catch (SQLException deadlock) {
            // Ours was the transaction that the database chose; the consumers go on.
            connection.rollback();
            return;
        }
        connection.rollback();
    }
}
