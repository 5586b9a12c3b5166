package io.wager.api.analytics;

import io.wager.api.analytics.BreakdownResponse.Group;
import io.wager.api.http.Days;
import io.wager.core.wager.Amounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sums wagers up by group. A breakdown by day reads the running totals of its days. The others read every wager, since
 * there are no totals by provider, game, theme or country: their cost grows with the history, whatever the window.
 */
@Repository
class BreakdownRepository {

    private static final String BY_PROVIDER = """
            SELECT p.name AS group_name, NULL AS provider_name, s.wagers, s.players, s.turnover
            FROM (
                SELECT g.provider_id, COUNT_BIG(*) AS wagers, COUNT_BIG(DISTINCT w.account_id) AS players,
                       SUM(w.amount) AS turnover
                FROM wager w
                JOIN game g ON g.game_id = w.game_id
                WHERE w.created_at >= :from AND w.created_at <= :to
                GROUP BY g.provider_id
            ) s
            JOIN provider p ON p.provider_id = s.provider_id
            ORDER BY s.turnover DESC, p.name, p.provider_id
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final String BY_GAME = """
            SELECT g.name AS group_name, p.name AS provider_name, s.wagers, s.players, s.turnover
            FROM (
                SELECT game_id, COUNT_BIG(*) AS wagers, COUNT_BIG(DISTINCT account_id) AS players,
                       SUM(amount) AS turnover
                FROM wager
                WHERE created_at >= :from AND created_at <= :to
                GROUP BY game_id
            ) s
            JOIN game g ON g.game_id = s.game_id
            JOIN provider p ON p.provider_id = g.provider_id
            ORDER BY s.turnover DESC, g.name, p.name, g.game_id
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final String BY_THEME = """
            SELECT theme AS group_name, NULL AS provider_name, COUNT_BIG(*) AS wagers,
                   COUNT_BIG(DISTINCT account_id) AS players, SUM(amount) AS turnover
            FROM wager
            WHERE created_at >= :from AND created_at <= :to
            GROUP BY theme
            ORDER BY turnover DESC, theme
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final String BY_COUNTRY = """
            SELECT country_code AS group_name, NULL AS provider_name, COUNT_BIG(*) AS wagers,
                   COUNT_BIG(DISTINCT account_id) AS players, SUM(amount) AS turnover
            FROM wager
            WHERE created_at >= :from AND created_at <= :to
            GROUP BY country_code
            ORDER BY turnover DESC, country_code
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    /** Of more days than the limit, the latest. */
    private static final String BY_DAY = """
            SELECT created_on, SUM(wager_count) AS wagers, COUNT_BIG(*) AS players, SUM(total_amount) AS turnover
            FROM player_day
            WHERE created_on >= :from AND created_on <= :to
            GROUP BY created_on
            ORDER BY created_on DESC
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final int LAST_TICK_NANOS = 999_999_900;

    private final JdbcClient jdbc;

    BreakdownRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Group> find(Grouping by, Days days, int limit) {
        return switch (by) {
            case PROVIDER -> byWagers(BY_PROVIDER, days, limit);
            case GAME -> byWagers(BY_GAME, days, limit);
            case THEME -> byWagers(BY_THEME, days, limit);
            case COUNTRY -> byWagers(BY_COUNTRY, days, limit);
            case DAY -> byDay(days, limit);
        };
    }

    private List<Group> byWagers(String sql, Days days, int limit) {
        return jdbc.sql(sql)
                .param("from", first(days).atStartOfDay())
                .param("to", endOf(last(days)))
                .param("limit", limit)
                .query(BreakdownRepository::group)
                .list();
    }

    private List<Group> byDay(Days days, int limit) {
        return jdbc.sql(BY_DAY)
                .param("from", first(days))
                .param("to", last(days))
                .param("limit", limit)
                .query(BreakdownRepository::day)
                .list()
                .reversed();
    }

    private static LocalDate first(Days days) {
        return Objects.requireNonNullElse(days.from(), FIRST_DAY);
    }

    private static LocalDate last(Days days) {
        return Objects.requireNonNullElse(days.to(), LAST_DAY);
    }

    /** The last moment of the day that a column can hold. */
    private static LocalDateTime endOf(LocalDate day) {
        return day.atTime(23, 59, 59, LAST_TICK_NANOS);
    }

    private static Group group(ResultSet row, int ignoredNumber) throws SQLException {
        return new Group(
                row.getString("group_name"),
                row.getString("provider_name"),
                row.getLong("wagers"),
                row.getLong("players"),
                Amounts.normalise(row.getBigDecimal("turnover")));
    }

    private static Group day(ResultSet row, int ignoredNumber) throws SQLException {
        return new Group(
                row.getObject("created_on", LocalDate.class).toString(),
                null,
                row.getLong("wagers"),
                row.getLong("players"),
                Amounts.normalise(row.getBigDecimal("turnover")));
    }
}
