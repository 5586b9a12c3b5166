package io.wager.consumer.store;

import io.wager.consumer.schema.TestTable;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.Amounts;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Reads what a store has written, by plain SQL. */
final class StoredWagers {

    private final JdbcTemplate jdbc;

    StoredWagers(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    void deleteAll() {
        TestTable.deleteAll(jdbc);
    }

    int count(TestTable table) {
        return table.count(jdbc);
    }

    /** Exchanges what the two rows of a table of names stand for: each gets the other's name. */
    void swapNames(TestTable table) {
        var name = table.name().toLowerCase(Locale.ROOT);
        var ids = jdbc.queryForList("SELECT " + name + "_id FROM " + name + " ORDER BY " + name + "_id", Integer.class);
        var rows = ids.stream()
                .map(id -> jdbc.queryForMap("SELECT name, name_hash FROM " + name + " WHERE " + name + "_id = ?", id))
                .toList();
        var update = "UPDATE " + name + " SET name = ?, name_hash = ? WHERE " + name + "_id = ?";
        // Hashes are unique, so one has to step aside.
        jdbc.update(update, "", new byte[ContentHash.LENGTH - 1], ids.getFirst());
        jdbc.update(update, rows.getFirst().get("name"), rows.getFirst().get("name_hash"), ids.getLast());
        jdbc.update(update, rows.getLast().get("name"), rows.getLast().get("name_hash"), ids.getFirst());
    }

    Wager wager(WagerId id) {
        return one("""
                SELECT w.*, g.name AS game_name, p.name AS provider_name
                FROM wager w
                JOIN game g ON g.game_id = w.game_id
                JOIN provider p ON p.provider_id = g.provider_id
                WHERE w.wager_id = ?
                """, StoredWagers::readWager, IdBytes.of(id.value()));
    }

    Instant storedAt(WagerId id) {
        return one(
                "SELECT stored_at FROM wager WHERE wager_id = ?",
                (row, i) -> instant(row, "stored_at"),
                IdBytes.of(id.value()));
    }

    ContentHash contentHash(WagerId id) {
        return one(
                "SELECT content_hash FROM wager WHERE wager_id = ?",
                (row, i) -> ContentHash.ofBytes(row.getBytes(1)),
                IdBytes.of(id.value()));
    }

    List<ContentHash> conflicts(WagerId id) {
        return jdbc.query(
                "SELECT content_hash FROM wager_conflict WHERE wager_id = ?",
                (row, i) -> ContentHash.ofBytes(row.getBytes(1)),
                IdBytes.of(id.value()));
    }

    Player player(String accountId) {
        return one(
                "SELECT username FROM player WHERE account_id = ?",
                (row, i) -> new Player(row.getString(1)),
                IdBytes.of(UUID.fromString(accountId)));
    }

    void setTotal(String accountId, String amount) {
        jdbc.update(
                "UPDATE player SET total_amount = ? WHERE account_id = ?",
                new BigDecimal(amount),
                IdBytes.of(UUID.fromString(accountId)));
    }

    Map<AccountId, Total> players() {
        var totals = new HashMap<AccountId, Total>();
        jdbc.query("SELECT account_id, total_amount, wager_count FROM player", row -> {
            totals.put(account(row), total(row));
        });
        return totals;
    }

    Map<Day, Total> days() {
        var totals = new HashMap<Day, Total>();
        jdbc.query("SELECT created_on, account_id, total_amount, wager_count FROM player_day", row -> {
            totals.put(new Day(row.getObject("created_on", LocalDate.class), account(row)), total(row));
        });
        return totals;
    }

    static Wager withTime(Wager wager, Instant time) {
        return new Wager(
                wager.wagerId(),
                wager.accountId(),
                wager.username(),
                wager.provider(),
                wager.gameName(),
                wager.theme(),
                wager.amount(),
                time,
                wager.transactionId(),
                wager.brandId(),
                wager.externalReferenceId(),
                wager.transactionTypeId(),
                wager.numberOfBets(),
                wager.countryCode(),
                wager.sessionData(),
                wager.durationMillis());
    }

    /** A dead letter as the archive and the API leave it while its requeue is under way. */
    UUID addDeadLetter(String status, int requeues) {
        var id = UUID.randomUUID();
        var time = LocalDateTime.of(2026, 1, 1, 0, 0);
        jdbc.update("""
                INSERT INTO dead_letter (dead_letter_id, status, reason, fingerprint, title, exception_type, exception_message,
                    search_text, attempts, requeues, failed_requeue, edits, first_failed_at, last_failed_at, archived_at,
                    status_changed_at, claimed_until)
                VALUES (?, ?, 'invalid', '0123456789abcdef', '', '', '', '', 1, ?, 0, 0, ?, ?, ?, ?, ?)
                """, IdBytes.of(id), status, requeues, time, time, time, time, LocalDateTime.of(2999, 1, 1, 0, 0));
        return id;
    }

    DeadLetter deadLetter(UUID id) {
        return one(
                "SELECT status, status_changed_at, claimed_until FROM dead_letter WHERE dead_letter_id = ?",
                (row, i) -> new DeadLetter(
                        row.getString("status"),
                        instant(row, "status_changed_at"),
                        row.getObject("claimed_until") != null),
                IdBytes.of(id));
    }

    List<DeadLetterEvent> deadLetterEvents(UUID id) {
        return jdbc.query(
                "SELECT * FROM dead_letter_event WHERE dead_letter_id = ? ORDER BY event_seq",
                (row, i) -> new DeadLetterEvent(
                        row.getString("kind"),
                        row.getInt("requeue_number"),
                        instant(row, "happened_at"),
                        row.getString("detail")),
                IdBytes.of(id));
    }

    private static Wager readWager(ResultSet row, int number) throws SQLException {
        return new Wager(
                new WagerId(IdBytes.toUuid(row.getBytes("wager_id"))),
                account(row),
                row.getString("username"),
                row.getString("provider_name"),
                row.getString("game_name"),
                row.getString("theme"),
                row.getBigDecimal("amount"),
                instant(row, "created_at"),
                uuid(row, "transaction_id"),
                uuid(row, "brand_id"),
                uuid(row, "external_reference_id"),
                uuid(row, "transaction_type_id"),
                row.getObject("number_of_bets", Integer.class),
                row.getString("country_code"),
                row.getString("session_data"),
                row.getObject("duration_millis", Long.class));
    }

    private static AccountId account(ResultSet row) throws SQLException {
        return new AccountId(IdBytes.toUuid(row.getBytes("account_id")));
    }

    private static Total total(ResultSet row) throws SQLException {
        return new Total(row.getBigDecimal("total_amount"), row.getLong("wager_count"));
    }

    private static @Nullable UUID uuid(ResultSet row, String column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? null : IdBytes.toUuid(bytes);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private <T> T one(String sql, RowMapper<T> mapper, Object... arguments) {
        var found = jdbc.query(sql, mapper, arguments);
        if (found.size() != 1) {
            throw new AssertionError("found " + found.size() + " rows: " + sql);
        }
        return found.getFirst();
    }

    record Player(String username) {}

    record DeadLetter(String status, Instant statusChangedAt, boolean isClaimed) {}

    record DeadLetterEvent(String kind, int requeueNumber, Instant happenedAt, String detail) {}

    record Day(LocalDate day, AccountId accountId) {}

    record Total(BigDecimal amount, long count) {

        Total {
            amount = Amounts.normalise(amount);
        }

        Total plus(Total other) {
            return new Total(amount.add(other.amount), count + other.count);
        }
    }
}
