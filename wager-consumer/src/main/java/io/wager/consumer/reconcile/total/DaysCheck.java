package io.wager.consumer.reconcile.total;

import io.wager.consumer.reconcile.database.ReconcileDatabase;
import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.finding.FindingKind;
import io.wager.consumer.reconcile.finding.Findings;
import io.wager.consumer.reconcile.finding.Progress;
import io.wager.consumer.reconcile.finding.Total;
import io.wager.consumer.store.IdBytes;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Finds rows of days that have no wager, which can't be found from the wagers: day by day, in the order of their key. */
final class DaysCheck {

    private static final String FIRST_DAY = "SELECT MIN(created_on) FROM player_day";
    private static final String LAST_DAY = "SELECT MAX(created_on) FROM player_day";
    private static final String NEXT_DAY = "SELECT MIN(created_on) FROM player_day WHERE created_on > :day";
    private static final int ROWS_A_PAGE = 1_000;

    /** To the 100 ns that are stored; the day after the last that a wager can have is none that a database knows. */
    private static final LocalTime LAST_TIME = LocalTime.of(23, 59, 59, 999_999_900);

    private final ReconcileDatabase database;
    private final PlayerReader players;
    private final @Nullable PlayerRebuild rebuild;
    private final Findings findings;
    private final Progress progress;
    private long looked;

    DaysCheck(
            ReconcileDatabase database,
            PlayerReader players,
            @Nullable PlayerRebuild rebuild,
            Findings findings,
            Progress progress) {
        this.database = database;
        this.players = players;
        this.rebuild = rebuild;
        this.findings = findings;
        this.progress = progress;
    }

    void run() {
        progress.begin("days");
        var first = day(FIRST_DAY, LocalDate.EPOCH);
        var last = day(LAST_DAY, LocalDate.EPOCH);
        for (var day = first; day.isPresent(); day = day(NEXT_DAY, day.get())) {
            run(day.get());
            progress.at(share(first.get(), day.get(), last.orElse(day.get())), looked);
        }
    }

    long looked() {
        return looked;
    }

    private Optional<LocalDate> day(String sql, LocalDate day) {
        return database.inTransaction(jdbc ->
                Optional.ofNullable(jdbc.queryForObject(sql, new MapSqlParameterSource("day", day), LocalDate.class)));
    }

    private static double share(LocalDate first, LocalDate day, LocalDate last) {
        return (ChronoUnit.DAYS.between(first, day) + 1.0) / (ChronoUnit.DAYS.between(first, last) + 1.0);
    }

    private void run(LocalDate day) {
        UUID from = AccountRange.FIRST;
        while (from != null) {
            var start = from;
            var page = database.inTransaction(jdbc -> read(jdbc, day, start, ROWS_A_PAGE));
            page.stream().filter(row -> !row.hasWagers()).forEach(row -> lookAgain(day, row.accountId()));
            looked += page.size();
            from = page.size() < ROWS_A_PAGE
                    ? null
                    : AccountRange.after(page.getLast().accountId());
        }
    }

    private List<Row> read(NamedParameterJdbcTemplate jdbc, LocalDate day, UUID from, int limit) {
        var parameters = new MapSqlParameterSource("day", day)
                .addValue("start", day.atStartOfDay())
                .addValue("end", day.atTime(LAST_TIME))
                .addValue("from", IdBytes.of(from))
                .addValue("limit", limit);
        return jdbc.query(
                database.statements().days(),
                parameters,
                (row, number) -> new Row(
                        IdBytes.toUuid(row.getBytes("account_id")),
                        new Total(row.getBigDecimal("total_amount"), row.getLong("wager_count")),
                        row.getInt("has_wagers") == 1));
    }

    private void lookAgain(LocalDate day, UUID accountId) {
        database.inLockingTransaction(jdbc -> lookAgain(jdbc, day, accountId)).ifPresent(findings::add);
    }

    private Optional<Finding> lookAgain(NamedParameterJdbcTemplate jdbc, LocalDate day, UUID accountId) {
        players.lock(jdbc, accountId);
        if (rebuild != null) {
            rebuild.lock(jdbc, accountId);
        }
        var found = read(jdbc, day, accountId, 1).stream()
                .filter(row -> row.accountId().equals(accountId) && !row.hasWagers())
                .map(row -> Finding.ofTotal(FindingKind.DAY_WITHOUT_WAGERS, accountId, day, row.stored(), Total.NONE))
                .findFirst();
        if (found.isEmpty() || rebuild == null) {
            return found;
        }
        rebuild.rebuild(jdbc, accountId, List.of(found.get()));
        return found.map(Finding::repaired);
    }

    private record Row(UUID accountId, Total stored, boolean hasWagers) {}
}
