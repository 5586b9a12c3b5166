package io.wager.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.bench.traffic.Ledger;
import io.wager.bench.traffic.SentWagers;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the verdict sees each way in which a database can be wrong: three wagers of one player, and one thing put wrong. */
class ConservationTest {

    private final Ledger ledger = new Ledger();
    private Connection connection;

    @BeforeEach
    void storeWhatWasSent() throws Exception {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        execute(Files.readString(Path.of("..", "db", "migration", "h2", "V1__create_wager_tables.sql")));
        execute(Files.readString(Path.of("..", "db", "migration", "h2", "V2__create_dead_letter_tables.sql")));
        execute("INSERT INTO provider (provider_id, name, name_hash) VALUES (1, 'P', X'00')");
        execute("INSERT INTO game (game_id, provider_id, name, name_hash) VALUES (1, 1, 'G', X'00')");
        for (var wager : SentWagers.threeOfOnePlayer()) {
            SentWagers.accept(ledger, wager);
            insert(wager);
        }
        execute(
                "INSERT INTO player (account_id, username, username_created_at, username_wager_id, total_amount, wager_count)"
                        + " SELECT account_id, 'U', MAX(created_at), X'00', SUM(amount), COUNT(*) FROM wager GROUP BY account_id");
        execute("INSERT INTO player_day (created_on, account_id, total_amount, wager_count)"
                + " SELECT CAST(created_at AS DATE), account_id, SUM(amount), COUNT(*) FROM wager"
                + " GROUP BY CAST(created_at AS DATE), account_id");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void whatIsStoredAsItWasSentIsConserved() throws SQLException {
        assertThat(broken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM wager WHERE wager_seq = 1 | everything accepted
            UPDATE wager SET amount = amount + 0.000000000000000001 WHERE wager_seq = 2 | every row's content
            UPDATE wager SET country_code = 'SE' WHERE wager_seq = 2 | every row's content
            UPDATE wager SET content_hash = (SELECT content_hash FROM wager WHERE wager_seq = 1) WHERE wager_seq = 2 | every row's content
            UPDATE wager SET wager_id = X'000102030405060708090A0B0C0D0E0F' WHERE wager_seq = 3 | every row was sent
            UPDATE player SET total_amount = total_amount + 0.000000000000000001 | every player's total
            UPDATE player SET wager_count = wager_count + 1 | every player's total
            DELETE FROM player | every player's total
            UPDATE player_day SET total_amount = total_amount - 1 | every day's total
            INSERT INTO player_day VALUES (DATE '2020-01-01', X'00', 0, 0) | every day's total
            """)
    void aDatabaseThatIsWrongIsSeenToBe(String wrong, String check) throws SQLException {
        execute(wrong);

        assertThat(broken()).anyMatch(what -> what.startsWith(check.strip()));
    }

    @Test
    void aWagerThatIsStoredTwiceIsSeen() throws SQLException {
        execute("ALTER TABLE wager DROP CONSTRAINT uq_wager_wager_id");
        insert(SentWagers.threeOfOnePlayer().getFirst());

        assertThat(broken()).contains("every wagerId is stored once");
    }

    @Test
    void anUnreadableMessageThatIsNoDeadLetterIsSeen() throws SQLException {
        ledger.poisoning("poison-1", "undecodable");

        assertThat(broken()).containsExactly("every message that can't be read is one dead letter");
    }

    private List<String> broken() throws SQLException {
        return new Conservation(connection, ledger)
                .check().stream()
                        .filter(check -> check.violations() > 0)
                        .map(Check::what)
                        .toList();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void insert(Wager wager) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO wager (wager_id, account_id, username, game_id, amount, created_at, content_hash, stored_at)
                VALUES (?, ?, ?, 1, ?, ?, ?, CURRENT_TIMESTAMP)""")) {
            insert.setBytes(1, bytes(wager.wagerId().value()));
            insert.setBytes(2, bytes(wager.accountId().value()));
            insert.setString(3, wager.username());
            insert.setBigDecimal(4, wager.amount());
            insert.setObject(5, LocalDateTime.ofInstant(wager.createdDateTime(), ZoneOffset.UTC));
            insert.setBytes(6, ContentHash.of(wager).bytes());
            insert.executeUpdate();
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
