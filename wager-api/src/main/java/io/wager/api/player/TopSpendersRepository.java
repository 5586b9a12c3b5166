package io.wager.api.player;

import io.wager.api.http.Days;
import io.wager.api.schema.Columns;
import io.wager.core.wager.Amounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads who spent most, from running totals; wagers are never summed up. */
@Repository
class TopSpendersRepository {

    /** As many entries of ix_player_total_amount as are answered. */
    private static final String OF_ALL_TIME = """
            SELECT account_id, username, total_amount
            FROM player
            ORDER BY total_amount DESC, username, account_id
            OFFSET 0 ROWS FETCH NEXT :count ROWS ONLY
            """;

    /** One range of pk_player_day: as many rows as there are players with wagers on each of the days. */
    private static final String OF_DAYS = """
            SELECT p.account_id, p.username, d.total_amount
            FROM (
                SELECT account_id, SUM(total_amount) AS total_amount
                FROM player_day
                WHERE created_on >= :from AND created_on <= :to
                GROUP BY account_id
            ) d
            JOIN player p ON p.account_id = d.account_id
            ORDER BY d.total_amount DESC, p.username, p.account_id
            OFFSET 0 ROWS FETCH NEXT :count ROWS ONLY
            """;

    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final JdbcClient jdbc;

    TopSpendersRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<TopSpender> find(Days days, int count) {
        if (days.isUnbounded()) {
            return jdbc.sql(OF_ALL_TIME)
                    .param("count", count)
                    .query(TopSpendersRepository::spender)
                    .list();
        }
        return jdbc.sql(OF_DAYS)
                .param("from", Objects.requireNonNullElse(days.from(), FIRST_DAY))
                .param("to", Objects.requireNonNullElse(days.to(), LAST_DAY))
                .param("count", count)
                .query(TopSpendersRepository::spender)
                .list();
    }

    private static TopSpender spender(ResultSet row, int ignoredNumber) throws SQLException {
        return new TopSpender(
                Columns.uuid(row, "account_id"),
                row.getString("username"),
                Amounts.normalise(row.getBigDecimal("total_amount")));
    }
}
