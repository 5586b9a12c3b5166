package io.wager.consumer.reconcile.total;

import io.wager.consumer.reconcile.database.ReconcileDatabase;
import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.finding.Findings;
import io.wager.consumer.reconcile.finding.Progress;
import io.wager.consumer.reconcile.finding.Total;
import io.wager.core.wager.AccountId;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Compares every player, and each day of a player that has wagers, with the sums of the wagers. It reads page by page without a lock. Where
 * a value does not match, it reads that player again with the row locked. Every batch of the ingest changes that row in its transaction, so
 * only the second result counts. So the check can run while wagers arrive, at any isolation level.
 */
public final class TotalsCheck {

    private static final int PLAYERS_A_PAGE = 500;
    private static final int WAGERS_A_PAGE = 10_000;

    private final ReconcileDatabase database;
    private final PlayerReader reader;
    private final @Nullable PlayerRebuild rebuild;
    private final Findings findings;
    private final Progress progress;
    private long players;
    private long days;
    private long dayRows;
    private long lookedAtAgain;
    private Total total = Total.NONE;

    /**
     * A check.
     *
     * @param actor the person who repairs; null for no repairs
     */
    public TotalsCheck(ReconcileDatabase database, @Nullable String actor, Findings findings, Progress progress) {
        this.database = database;
        this.reader = new PlayerReader(database.statements(), PLAYERS_A_PAGE, WAGERS_A_PAGE);
        this.rebuild = actor == null ? null : new PlayerRebuild(actor, Clock.systemUTC());
        this.findings = findings;
        this.progress = progress;
    }

    /** Checks every player, and every row of a day. */
    public void run() {
        progress.begin("players");
        UUID from = AccountRange.FIRST;
        while (from != null) {
            var start = from;
            var page = database.inTransaction(jdbc -> {
                var range = reader.range(jdbc, start);
                return new Page(range, reader.read(jdbc, range));
            });
            page.players().forEach(this::judge);
            progress.at(page.range().share(), players);
            from = page.range().next();
        }
        var check = new DaysCheck(database, reader, rebuild, findings, progress);
        check.run();
        dayRows = check.looked();
    }

    /** How many players were checked: those with a row or with wagers. */
    public long players() {
        return players;
    }

    /** How many days of players with wagers were checked. */
    public long days() {
        return days;
    }

    /** How many rows of days were checked. */
    public long dayRows() {
        return dayRows;
    }

    /** How many players did not match at the first read. */
    public long lookedAtAgain() {
        return lookedAtAgain;
    }

    /** The sum of all wagers, each player's as of the moment of reading. */
    public Total total() {
        return total;
    }

    private void judge(PlayerState player) {
        var seen = player;
        if (!player.findings().isEmpty()) {
            lookedAtAgain++;
            var verdict = database.inLockingTransaction(jdbc -> lookAgain(jdbc, player.accountId()));
            verdict.findings().forEach(findings::add);
            seen = verdict.player();
        }
        players++;
        days += seen.days().size();
        total = total.plus(seen.rows());
    }

    private Verdict lookAgain(NamedParameterJdbcTemplate jdbc, UUID accountId) {
        reader.lock(jdbc, accountId);
        if (rebuild != null) {
            rebuild.lock(jdbc, accountId);
        }
        var range = AccountRange.of(new AccountId(accountId));
        var player = only(reader.read(jdbc, range), accountId);
        var wrong = player.findings();
        if (wrong.isEmpty() || rebuild == null) {
            return new Verdict(player, wrong);
        }
        rebuild.rebuild(jdbc, accountId, wrong);
        var after = only(reader.read(jdbc, range), accountId);
        if (!after.findings().isEmpty()) {
            throw new IllegalStateException("player " + accountId + " is still wrong after the repair");
        }
        return new Verdict(after, wrong.stream().map(Finding::repaired).toList());
    }

    /** A player who has vanished has neither a row nor wagers, which is right. */
    private static PlayerState only(List<PlayerState> players, UUID accountId) {
        return players.isEmpty() ? PlayerState.absent(accountId) : players.getFirst();
    }

    private record Page(AccountRange range, List<PlayerState> players) {}

    private record Verdict(PlayerState player, List<Finding> findings) {}
}
