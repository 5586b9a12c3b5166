package io.wager.cli.demo;

import io.wager.cli.api.ApiAddress;
import io.wager.cli.api.Fate;
import io.wager.cli.api.GaveUpException;
import io.wager.cli.api.Patience;
import io.wager.cli.api.Spender;
import io.wager.cli.api.UnusableApiException;
import io.wager.cli.api.WagerApi;
import io.wager.cli.generate.WagerGenerator;
import io.wager.cli.generate.WagerGenerator.Role;
import io.wager.cli.post.Item;
import io.wager.cli.post.Sender;
import io.wager.cli.terminal.Progress;
import io.wager.cli.terminal.Screen;
import io.wager.core.wager.Amounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One run of {@code wager demo}: sends a stream, waits until it is stored, sends the conflicts, waits until they are counted,
 * and compares. Conflicts come last so that it is certain which content was first; once they are counted, all that was
 * sent before them has been worked off too.
 */
public final class DemoRun {

    private static final int ALONE_IN = 200;
    private static final int WHOLE_DIGITS = 9;
    private static final int TOP = 10;

    private final WagerGenerator stream;
    private final ApiAddress url;
    private final int batchItems;
    private final int concurrency;
    private final Duration giveUpAfter;
    private final Screen screen;
    private final Findings findings = new Findings();

    /**
     * A run.
     *
     * @param stream what to send
     * @param url where the API is
     * @param batchItems most wagers of a request, 1 to 1,000
     * @param concurrency most requests under way at a time
     * @param giveUpAfter how long to go on without any progress
     * @param screen where to print
     */
    public DemoRun(
            WagerGenerator stream,
            ApiAddress url,
            int batchItems,
            int concurrency,
            Duration giveUpAfter,
            Screen screen) {
        this.stream = stream;
        this.url = url;
        this.batchItems = batchItems;
        this.concurrency = concurrency;
        this.giveUpAfter = giveUpAfter;
        this.screen = screen;
    }

    /**
     * Runs it.
     *
     * @param isChecked whether to wait and check after sending
     * @return the exit code: 0 if all is exact, 1 if something is not, 2 if the server could not be reached
     * @throws InterruptedException if the thread was interrupted
     */
    public int run(boolean isChecked) throws InterruptedException {
        try (var api = new WagerApi(url)) {
            var oracle = Oracle.of(stream);
            screen.out()
                    .printf(
                            Locale.ROOT,
                            "%s to %s: %,d distinct, %,d duplicates, %,d poison%n",
                            stream,
                            url,
                            oracle.wagers(),
                            stream.count() - oracle.wagers() - oracle.poison(),
                            oracle.poison());
            checkReceipts(sendStream(api));
            if (!isChecked) {
                return verdict("posted: nothing was waited for or checked");
            }
            check(api, oracle);
            return verdict(String.format(
                    Locale.ROOT,
                    "exact: %,d wagers of %,d players, total %s",
                    oracle.wagers(),
                    oracle.players().size(),
                    Amounts.normalise(oracle.total()).toPlainString()));
        } catch (GaveUpException e) {
            screen.error("gave up on " + url + " after " + giveUpAfter.toSeconds() + " s without progress: "
                    + e.getMessage() + ". Run the same command again: what was accepted does no harm twice.");
            return 2;
        } catch (UnusableApiException e) {
            screen.error(e.getMessage()
                    + " Run the same command again once it is well: what was accepted does no harm twice.");
            return 2;
        }
    }

    private int verdict(String good) {
        screen.out().println(findings.isEmpty() ? good : "MISMATCH: " + findings.inWords());
        return findings.isEmpty() ? 0 : 1;
    }

    private void check(WagerApi api, Oracle oracle) throws GaveUpException, UnusableApiException, InterruptedException {
        var stored = new StoredWait(api, giveUpAfter, screen);
        var originals = IntStream.range(0, stream.count())
                .filter(i -> stream.role(i) == Role.ORIGINAL)
                .toArray();
        var missing =
                stored.untilStored(IntStream.of(originals).mapToObj(stream::id).toList());
        missing.forEach(fate -> findings.add("wager " + fate.wagerId() + " was accepted and is " + fate.status()));
        if (!missing.isEmpty()) {
            return;
        }
        sendConflicts(api);
        checkConflicts(stored);
        checkPoison(stored);
        printTop(new TotalsCheck(api, giveUpAfter, screen, findings).check(oracle));
        screen.out()
                .printf(
                        Locale.ROOT,
                        "checked: %,d wagers stored, %,d conflicts, %,d refused%n",
                        originals.length,
                        IntStream.range(0, stream.conflicts())
                                .map(stream::contents)
                                .sum(),
                        oracle.poison());
    }

    private Receipts sendStream(WagerApi api) throws GaveUpException, UnusableApiException, InterruptedException {
        var receipts = new Receipts();
        var patience = new Patience(giveUpAfter);
        try (var progress = new Progress(screen, "posting", receipts::count, patience::trouble);
                var sender = new Sender(api, patience, receipts, batchItems, concurrency)) {
            progress.showShareOf(receipts::count, stream.count());
            for (var i = 0; i < stream.count(); i++) {
                var item = new Item(i, 0, stream.json(i));
                if (i % ALONE_IN == ALONE_IN / 2) {
                    sender.sendAlone(item);
                } else {
                    sender.send(item);
                }
            }
            sender.finish();
        }
        return receipts;
    }

    private void checkReceipts(Receipts receipts) {
        for (var i = 0; i < stream.count(); i++) {
            if (stream.role(i) == Role.POISON) {
                findings.expect("poison at " + i + " was refused", true, receipts.isRefused(i));
            } else {
                findings.expect("the wager at " + i + " was accepted", true, receipts.isAccepted(i));
            }
        }
    }

    /** The first content of each twice: a conflict that is repeated is the same conflict. */
    private void sendConflicts(WagerApi api) throws GaveUpException, UnusableApiException, InterruptedException {
        var receipts = new Receipts();
        var patience = new Patience(giveUpAfter);
        var sent = 0;
        try (var sender = new Sender(api, patience, receipts, batchItems, concurrency)) {
            for (var conflict = 0; conflict < stream.conflicts(); conflict++) {
                for (var content = 0; content <= stream.contents(conflict); content++) {
                    var json = stream.conflict(conflict, content % stream.contents(conflict));
                    sender.send(new Item(sent++, 0, json));
                }
            }
            sender.finish();
        }
        findings.expect("conflicts refused", 0, receipts.refused());
    }

    private void checkConflicts(StoredWait stored) throws GaveUpException, UnusableApiException, InterruptedException {
        var expected = new HashMap<UUID, Integer>();
        for (var conflict = 0; conflict < stream.conflicts(); conflict++) {
            expected.put(stream.id(stream.contradicted(conflict)), stream.contents(conflict));
        }
        stored.untilConflictsAre(expected);
        var originals = IntStream.range(0, stream.count())
                .filter(i -> stream.role(i) == Role.ORIGINAL)
                .mapToObj(stream::id)
                .toList();
        for (var fate : stored.ask(originals)) {
            findings.expect("wager " + fate.wagerId() + " is", "stored", fate.status());
            findings.expect(
                    "conflicts of wager " + fate.wagerId(), expected.getOrDefault(fate.wagerId(), 0), fate.conflicts());
        }
    }

    private void checkPoison(StoredWait stored) throws GaveUpException, UnusableApiException, InterruptedException {
        var poison = IntStream.range(0, stream.count())
                .filter(i -> stream.role(i) == Role.POISON)
                .mapToObj(stream::id)
                .toList();
        for (Fate fate : stored.ask(poison)) {
            findings.expect("refused wager " + fate.wagerId() + " is", "unknown", fate.status());
        }
    }

    private void printTop(List<Spender> spenders) {
        var out = screen.out();
        out.printf(Locale.ROOT, "%4s  %-36s  %-26s  %s%n", "", "player", "name", " total spent");
        for (var i = 0; i < Math.min(TOP, spenders.size()); i++) {
            var spender = spenders.get(i);
            out.printf(
                    Locale.ROOT,
                    "%4d  %s  %-26s  %s%n",
                    i + 1,
                    spender.accountId(),
                    spender.username(),
                    aligned(spender.total().toPlainString()));
        }
    }

    /** With the decimal points below each other, as long as the whole part has up to nine digits. */
    private static String aligned(String decimal) {
        var point = decimal.indexOf('.');
        var digits = point < 0 ? decimal.length() : point;
        return " ".repeat(Math.max(0, WHOLE_DIGITS - digits)) + decimal;
    }
}
