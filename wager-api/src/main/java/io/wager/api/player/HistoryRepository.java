package io.wager.api.player;

import io.wager.api.schema.Columns;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads a player's wagers, latest first, ties by id. Every read walks ix_wager_account_created. */
@Repository
class HistoryRepository {

    /**
     * Amounts and names are looked up only for the rows that are answered, by wager_seq: the primary key, by which rows lie, and
     * which every index carries on both databases. The order leads with the one account, since H2 walks an index instead of
     * sorting only if the order has the index's first columns.
     */
    private static final String PAGE_HEAD = """
            SELECT w.wager_id, w.amount, w.created_at, g.name AS game_name, p.name AS provider_name
            FROM (
                SELECT wager_seq
                FROM wager
                WHERE\s""";

    private static final String PAGE_TAIL = """

                ORDER BY account_id, created_at DESC, wager_id
                OFFSET :offset ROWS FETCH NEXT :rows ROWS ONLY
            ) page
            JOIN wager w ON w.wager_seq = page.wager_seq
            JOIN game g ON g.game_id = w.game_id
            JOIN provider p ON p.provider_id = g.provider_id
            ORDER BY w.created_at DESC, w.wager_id
            """;

    private static final String COUNT = "SELECT COUNT_BIG(*) FROM wager WHERE ";

    /** The running count, so that a whole history need not be counted. */
    private static final String WHOLE_COUNT =
            "SELECT wager_count FROM player WHERE account_id = CAST(:accountId AS BINARY(16))";

    private static final String OF_PLAYER = "account_id = CAST(:accountId AS BINARY(16))";
    private static final String FROM = "created_at >= :from";
    private static final String TO = "created_at < :to";
    private static final String OF_PROVIDER = """
            game_id IN (
                SELECT g.game_id FROM game g JOIN provider p ON p.provider_id = g.provider_id
                WHERE p.name_hash = CAST(:providerHash AS BINARY(32)))
            """;
    private static final String OF_GAME =
            "game_id IN (SELECT game_id FROM game WHERE name_hash = CAST(:gameHash AS BINARY(32)))";

    /** SQL Server can't compare rows of values, so it is written out; the first line alone is what the index seeks by. */
    private static final String AFTER = """
            created_at <= :afterTime
            AND (created_at < :afterTime OR wager_id > CAST(:afterId AS BINARY(16)))
            """;

    private final JdbcClient jdbc;

    HistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many wagers there are. A whole history costs one row, a filtered one all index entries in its days. */
    long count(HistoryFilter filter) {
        if (filter.isWhole()) {
            return countWhole(filter);
        }
        var conditions = new Conditions(filter, null);
        return jdbc.sql(COUNT + conditions.sql())
                .params(conditions.parameters)
                .query(Long.class)
                .single();
    }

    /** How many wagers the player has, whatever else the filter says. Costs one row. */
    long countWhole(HistoryFilter filter) {
        return jdbc.sql(WHOLE_COUNT)
                .param("accountId", Columns.bytes(filter.accountId()))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** A page by number. Costs the index entries that are passed over. */
    List<Entry> page(HistoryFilter filter, long offset, int rows) {
        return read(new Conditions(filter, null), offset, rows);
    }

    /** What follows a place, at the same cost wherever it is. */
    List<Entry> after(HistoryFilter filter, HistoryCursor cursor, int rows) {
        return read(new Conditions(filter, cursor), 0, rows);
    }

    private List<Entry> read(Conditions conditions, long offset, int rows) {
        return jdbc.sql(PAGE_HEAD + conditions.sql() + PAGE_TAIL)
                .params(conditions.parameters)
                .param("offset", offset)
                .param("rows", rows)
                .query(HistoryRepository::entry)
                .list();
    }

    private static Entry entry(ResultSet row, int ignoredNumber) throws SQLException {
        return new Entry(
                Columns.uuid(row, "wager_id"),
                row.getString("game_name"),
                row.getString("provider_name"),
                row.getBigDecimal("amount"),
                Columns.instant(row, "created_at"));
    }

    /** The fixed pieces of SQL that a filter needs, and their parameters. */
    private static final class Conditions {
        private final StringBuilder sql = new StringBuilder(OF_PLAYER);
        private final Map<String, Object> parameters = new HashMap<>();

        Conditions(HistoryFilter filter, @Nullable HistoryCursor cursor) {
            parameters.put("accountId", Columns.bytes(filter.accountId()));
            add(FROM, "from", filter.days().start());
            add(TO, "to", filter.days().end());
            var provider = filter.provider();
            add(OF_PROVIDER, "providerHash", provider == null ? null : Columns.nameHash(provider));
            var game = filter.game();
            add(OF_GAME, "gameHash", game == null ? null : Columns.nameHash(game));
            if (cursor != null) {
                add(AFTER, "afterTime", Columns.utc(cursor.createdAt()));
                parameters.put("afterId", Columns.bytes(cursor.wagerId()));
            }
        }

        private void add(String condition, String parameter, @Nullable Object value) {
            if (value != null) {
                sql.append("\nAND ").append(condition);
                parameters.put(parameter, value);
            }
        }

        String sql() {
            return sql.toString();
        }
    }

    /** One wager of a history. */
    record Entry(UUID wagerId, String game, String provider, BigDecimal amount, Instant createdAt) {}
}
