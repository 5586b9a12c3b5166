package io.wager.cli.demo;

import io.wager.cli.api.GaveUpException;
import io.wager.cli.api.HistoryPage;
import io.wager.cli.api.Patience;
import io.wager.cli.api.Spender;
import io.wager.cli.api.UnusableApiException;
import io.wager.cli.api.WagerApi;
import io.wager.cli.terminal.Progress;
import io.wager.cli.terminal.Screen;
import io.wager.core.wager.Amounts;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares each player's total with the oracle's, to the last digit: from the top spenders, and for players that do not stand
 * there, since others spent more, from the sum of their history.
 */
final class TotalsCheck {

    private static final int MAX_SPENDERS = 1_000;
    private static final int PAGE_SIZE = 100;
    /** Of players found among the top spenders, how many have their history summed as well. */
    private static final int SAMPLE = 25;

    private final WagerApi api;
    private final Patience patience;
    private final Screen screen;
    private final Findings findings;

    TotalsCheck(WagerApi api, Duration giveUpAfter, Screen screen, Findings findings) {
        this.api = api;
        this.patience = new Patience(giveUpAfter);
        this.screen = screen;
        this.findings = findings;
    }

    /** The top spenders as answered. */
    List<Spender> check(Oracle oracle) throws GaveUpException, UnusableApiException, InterruptedException {
        var checked = new AtomicLong();
        try (var progress = new Progress(screen, "checking", checked::get, patience::trouble)) {
            progress.showShareOf(checked::get, oracle.players().size());
            var spenders = patience.ask(() -> api.topSpenders(MAX_SPENDERS));
            var byId = new HashMap<UUID, Spender>();
            spenders.forEach(spender -> byId.put(spender.accountId(), spender));
            for (var entry : oracle.players().entrySet()) {
                var spender = byId.get(entry.getKey());
                if (spender != null) {
                    compare(spender, entry.getValue());
                } else if (spenders.size() < MAX_SPENDERS) {
                    findings.add("player " + entry.getKey() + " is not among the top spenders");
                }
                if (spender == null || checked.get() < SAMPLE) {
                    compareHistory(entry.getKey(), entry.getValue());
                }
                checked.incrementAndGet();
            }
            return spenders;
        }
    }

    private void compare(Spender spender, Oracle.Player expected) {
        var who = " of player " + spender.accountId();
        findings.expect("total" + who, plain(expected.total()), plain(spender.total()));
        findings.expect("name" + who, expected.username(), spender.username());
    }

    private void compareHistory(UUID player, Oracle.Player expected)
            throws GaveUpException, UnusableApiException, InterruptedException {
        var sum = BigDecimal.ZERO;
        var total = -1L;
        var wagers = 0L;
        for (var at = api.history(player, PAGE_SIZE); at != null; ) {
            var page = page(at);
            sum = page.amounts().stream().reduce(sum, BigDecimal::add);
            wagers += page.amounts().size();
            total = page.total() == null ? total : page.total();
            at = page.next();
        }
        findings.expect("wagers in the history of player " + player, expected.count(), wagers);
        findings.expect("number of wagers told of player " + player, expected.count(), total);
        findings.expect("sum of the history of player " + player, plain(expected.total()), plain(sum));
    }

    private HistoryPage page(URI at) throws GaveUpException, UnusableApiException, InterruptedException {
        return patience.ask(() -> api.historyPage(at));
    }

    private static String plain(BigDecimal amount) {
        return Amounts.normalise(amount).toPlainString();
    }
}
