package io.wager.bench.verdict;

import io.wager.bench.traffic.Ledger;
import io.wager.bench.traffic.Ledger.Content;
import io.wager.bench.traffic.Ledger.Destiny;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the database against the ledger, once both queues are empty. It reads every row and trusts none of the product's code
 * but that which says what a wager's text means.
 */
public final class Conservation {

    /** Rows of up to 400 KB. */
    private static final int PAGE = 1_000;

    private static final WagerDecoder DECODER = new WagerDecoder(Duration.ofDays(3_650));

    private final Connection connection;
    private final Ledger ledger;
    private final Map<UUID, ContentHash> stored = new HashMap<>();
    private final Map<UUID, Set<ContentHash>> conflicts = new HashMap<>();
    private final Map<String, Sum> byPlayer = new HashMap<>();
    private final Map<String, Sum> byDay = new HashMap<>();
    private final Check contract = new Check("every answer keeps the contract");
    private final Check sent = new Check("every row was sent");
    private final Check once = new Check("every wagerId is stored once");
    private final Check content = new Check("every row's content is what was sent");
    private final Check kept = new Check("everything accepted is stored, or its conflict or dead letter is kept");
    private final Check totals = new Check("every player's total and count are the sums of the rows");
    private final Check days = new Check("every day's total and count are the sums of the rows");
    private final Check letters = new Check("every message that can't be read is one dead letter");

    /**
     * Conservation of a run.
     *
     * @param connection to the database, for reading only
     * @param ledger what was sent and promised
     */
    public Conservation(Connection connection, Ledger ledger) {
        this.connection = connection;
        this.ledger = ledger;
    }

    /** Reads everything. */
    public List<Check> check() throws SQLException {
        ledger.broken().forEach(contract::violated);
        var contents = ledger.contents();
        readRows(contents);
        readDeadLetters();
        contents.forEach(this::checkKept);
        checkTotals("SELECT account_id, total_amount, wager_count FROM player", byPlayer, totals);
        checkDays();
        return List.of(contract, sent, once, content, kept, totals, days, letters);
    }

    /** How many rows were read. */
    public int rows() {
        return stored.size();
    }

    private void readRows(Map<UUID, List<Content>> contents) throws SQLException {
        var after = Long.MIN_VALUE;
        var isMore = true;
        try (var page = connection.prepareStatement("""
                SELECT w.*, g.name AS game, p.name AS provider
                FROM wager w
                JOIN game g ON g.game_id = w.game_id
                JOIN provider p ON p.provider_id = g.provider_id
                WHERE w.wager_seq > ?
                ORDER BY w.wager_seq
                FETCH FIRST ? ROWS ONLY""")) {
            while (isMore) {
                page.setLong(1, after);
                page.setInt(2, PAGE);
                isMore = false;
                try (var rows = page.executeQuery()) {
                    while (rows.next()) {
                        var row = StoredRow.of(rows);
                        read(row, contents.getOrDefault(row.wager().wagerId().value(), List.of()));
                        after = row.sequence();
                        isMore = true;
                    }
                }
            }
        }
    }

    private void read(StoredRow row, List<Content> ofItsId) {
        var wager = row.wager();
        var id = wager.wagerId().value();
        once.hold(stored.put(id, row.hash()) == null, id.toString());
        var same = ofItsId.stream().filter(one -> one.hash().equals(row.hash())).findFirst();
        if (ofItsId.isEmpty()) {
            sent.violated(id.toString());
        } else if (same.isEmpty() || !same.get().wager().get().equals(wager)) {
            content.violated(wager + " in place of one of " + ofItsId.size());
        }
        var day = LocalDate.ofInstant(wager.createdDateTime(), ZoneOffset.UTC);
        byPlayer.merge(wager.accountId().toString(), new Sum(wager.amount(), 1), Sum::plus);
        byDay.merge(day + " " + wager.accountId(), new Sum(wager.amount(), 1), Sum::plus);
    }

    /** Dead letters by the content that they hold, whatever the archive says of it. */
    private void readDeadLetters() throws SQLException {
        var poison = new HashMap<>(ledger.poison());
        Map<String, Integer> found = new HashMap<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT l.reason, c.message_id, c.body
                        FROM dead_letter l
                        JOIN dead_letter_content c ON c.dead_letter_id = l.dead_letter_id""")) {
            while (rows.next()) {
                var messageId = rows.getString("message_id");
                var reason = rows.getString("reason");
                var expected = poison.get(messageId);
                if (expected != null) {
                    found.merge(messageId, 1, Integer::sum);
                    letters.hold(expected.equals(reason), messageId + " is " + reason + " and not " + expected);
                } else if (DECODER.decode(rows.getBytes("body"), Instant.now())
                        instanceof WagerVerdict.Valid(var wager)) {
                    conflicts
                            .computeIfAbsent(wager.wagerId().value(), id -> new HashSet<>())
                            .add(ContentHash.of(wager));
                } else {
                    letters.violated(messageId + " was not sent");
                }
            }
        }
        poison.keySet()
                .forEach(id -> letters.hold(found.getOrDefault(id, 0) == 1, id + " is " + found.getOrDefault(id, 0)));
    }

    private void checkKept(UUID id, List<Content> contents) {
        var letters = conflicts.getOrDefault(id, Set.of());
        for (var one : contents) {
            var isStored = one.hash().equals(stored.get(id));
            var isLetter = letters.contains(one.hash());
            if (one.destiny() == Destiny.DEAD) {
                kept.hold(!isStored && (isLetter || !one.isAccepted()), id + " " + one.reason() + " is no dead letter");
            } else if (one.isAccepted()) {
                kept.hold(isStored || (isLetter && stored.containsKey(id)), id + " is lost");
                kept.hold(!isStored || !isLetter, id + " is stored and a dead letter as well");
            }
        }
    }

    private void checkTotals(String query, Map<String, Sum> sums, Check check) throws SQLException {
        Map<String, Sum> kept = new HashMap<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                kept.put(
                        new AccountId(StoredRow.uuid(rows, "account_id")).toString(),
                        new Sum(rows.getBigDecimal("total_amount"), rows.getLong("wager_count")));
            }
        }
        compare(kept, sums, check);
    }

    private void checkDays() throws SQLException {
        Map<String, Sum> kept = new HashMap<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT created_on, account_id, total_amount, wager_count FROM player_day")) {
            while (rows.next()) {
                kept.put(
                        rows.getObject("created_on", LocalDate.class) + " "
                                + new AccountId(StoredRow.uuid(rows, "account_id")),
                        new Sum(rows.getBigDecimal("total_amount"), rows.getLong("wager_count")));
            }
        }
        compare(kept, byDay, days);
    }

    private static void compare(Map<String, Sum> kept, Map<String, Sum> sums, Check check) {
        sums.forEach((key, sum) ->
                check.hold(sum.isSameAs(kept.get(key)), key + " has " + kept.get(key) + " and its rows are " + sum));
        var surplus =
                kept.keySet().stream().filter(key -> !sums.containsKey(key)).collect(Collectors.toSet());
        surplus.forEach(key -> check.violated(key + " has " + kept.get(key) + " and no rows"));
    }

    private record Sum(BigDecimal amount, long count) {

        Sum plus(Sum other) {
            return new Sum(amount.add(other.amount), count + other.count);
        }

        boolean isSameAs(@Nullable Sum other) {
            return other != null && count == other.count && amount.compareTo(other.amount) == 0;
        }
    }
}
