package io.wager.consumer.reconcile.total;

import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.finding.Total;
import io.wager.consumer.store.IdBytes;
import io.wager.core.wager.Amounts;
import io.wager.core.wager.Timestamps;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Writes totals as the wagers have them, in the caller's transaction, which has locked the player; and says so in the audit. */
final class PlayerRebuild {

    /** Locks for writing on every database, also on one that does not know how to lock by reading. */
    private static final String TOUCH_PLAYER =
            "UPDATE player SET wager_count = wager_count WHERE account_id = CAST(:accountId AS BINARY(16))";

    private static final String UPDATE_PLAYER = """
            UPDATE player
            SET total_amount = CAST(:amount AS DECIMAL(38, 18)), wager_count = :count
            WHERE account_id = CAST(:accountId AS BINARY(16))
            """;

    /** Under the name of the wager with the latest time, as the ingest has it. */
    private static final String ADD_PLAYER = """
            INSERT INTO player (account_id, username, username_created_at, username_wager_id, total_amount, wager_count)
            SELECT latest.account_id, latest.username, latest.created_at, latest.wager_id,
                CAST(:amount AS DECIMAL(38, 18)), CAST(:count AS BIGINT)
            FROM (
                SELECT w.account_id, w.username, w.created_at, w.wager_id
                FROM wager w
                WHERE w.account_id = CAST(:accountId AS BINARY(16))
                ORDER BY w.created_at DESC, w.wager_id DESC
                OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY) AS latest
            """;

    private static final String DELETE_PLAYER = "DELETE FROM player WHERE account_id = CAST(:accountId AS BINARY(16))";

    private static final String UPDATE_DAY = """
            UPDATE player_day
            SET total_amount = CAST(:amount AS DECIMAL(38, 18)), wager_count = :count
            WHERE created_on = :day AND account_id = CAST(:accountId AS BINARY(16))
            """;

    private static final String ADD_DAY = """
            INSERT INTO player_day (created_on, account_id, total_amount, wager_count)
            VALUES (:day, CAST(:accountId AS BINARY(16)), CAST(:amount AS DECIMAL(38, 18)), :count)
            """;

    private static final String DELETE_DAY =
            "DELETE FROM player_day WHERE created_on = :day AND account_id = CAST(:accountId AS BINARY(16))";

    private static final String ADD_AUDIT = """
            INSERT INTO audit_entry (happened_at, actor, action, target, outcome)
            VALUES (:happenedAt, :actor, 'reconcile-repair', :target, :outcome)
            """;

    private static final int OUTCOME_LIMIT_CHARS = 2_000;

    private final String actor;
    private final Clock clock;

    PlayerRebuild(String actor, Clock clock) {
        this.actor = actor;
        this.clock = clock;
    }

    /** Keeps everybody else from the player's row, and so from the player's days; to be done before they are read. */
    void lock(NamedParameterJdbcTemplate jdbc, UUID accountId) {
        jdbc.update(TOUCH_PLAYER, player(accountId));
    }

    /** Puts each finding right. */
    void rebuild(NamedParameterJdbcTemplate jdbc, UUID accountId, List<Finding> findings) {
        findings.forEach(finding -> rebuild(jdbc, finding));
        var outcome = findings.stream().map(PlayerRebuild::describe).collect(Collectors.joining("; "));
        var entry = new MapSqlParameterSource(
                        "happenedAt", LocalDateTime.ofInstant(Timestamps.truncate(clock.instant()), ZoneOffset.UTC))
                .addValue("actor", actor)
                .addValue("target", accountId.toString())
                .addValue(
                        "outcome",
                        outcome.length() <= OUTCOME_LIMIT_CHARS
                                ? outcome
                                : outcome.substring(0, OUTCOME_LIMIT_CHARS - 1) + "…");
        jdbc.update(ADD_AUDIT, entry);
    }

    private static void rebuild(NamedParameterJdbcTemplate jdbc, Finding finding) {
        var sql = switch (finding.kind()) {
            case PLAYER_TOTAL -> UPDATE_PLAYER;
            case PLAYER_MISSING -> ADD_PLAYER;
            case PLAYER_WITHOUT_WAGERS -> DELETE_PLAYER;
            case DAY_TOTAL -> UPDATE_DAY;
            case DAY_MISSING -> ADD_DAY;
            case DAY_WITHOUT_WAGERS -> DELETE_DAY;
            default -> throw new IllegalArgumentException("can't be rebuilt: " + finding.kind());
        };
        var rows = finding.rows() == null ? Total.NONE : finding.rows();
        var parameters = player(Objects.requireNonNull(finding.accountId()))
                .addValue("amount", decimal(rows.amount()))
                .addValue("count", rows.count())
                .addValue("day", finding.day());
        jdbc.update(sql, parameters);
    }

    private static String describe(Finding finding) {
        return finding.kind().wireForm() + (finding.day() == null ? "" : " " + finding.day()) + ": "
                + describe(finding.stored()) + " to " + describe(finding.rows());
    }

    private static String describe(@Nullable Total total) {
        return total == null || total.equals(Total.NONE)
                ? "nothing"
                : total.amount().toPlainString() + " of " + total.count() + " wagers";
    }

    private static MapSqlParameterSource player(UUID accountId) {
        return new MapSqlParameterSource("accountId", IdBytes.of(accountId));
    }

    /** At the column's scale, so that no driver has anything to guess from the value. */
    private static BigDecimal decimal(BigDecimal amount) {
        return amount.setScale(Amounts.MAX_FRACTION_DIGITS);
    }
}
