package io.wager.cli.post;

import io.wager.cli.api.ApiAddress;
import io.wager.cli.api.GaveUpException;
import io.wager.cli.api.Patience;
import io.wager.cli.api.UnusableApiException;
import io.wager.cli.api.WagerApi;
import io.wager.cli.terminal.Progress;
import io.wager.cli.terminal.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code wager post}.
 *
 * @param url where the API is
 * @param batchItems most wagers of a request, 1 to 1,000
 * @param concurrency most requests under way at a time
 * @param giveUpAfter how long to try without any progress
 */
public record PostRun(ApiAddress url, int batchItems, int concurrency, Duration giveUpAfter) {

    private static final String AGAIN = "Run the same command again: what was accepted does no harm twice.";

    /**
     * Sends all of it and prints a summary.
     *
     * @param input a JSON array or newline-delimited JSON
     * @param totalBytes how many bytes it has; negative where nobody knows
     * @param screen where to
     * @return the exit code: 0 if all was accepted, 1 if some was not, 2 if the server could not be reached
     * @throws InterruptedException if the thread was interrupted
     */
    public int run(InputStream input, long totalBytes, Screen screen) throws InterruptedException {
        var tally = new Tally();
        var patience = new Patience(giveUpAfter);
        var counted = new CountedInput(input);
        var reader = new ItemReader(counted);
        long taken = 0;
        String brokenAt = null;
        String gaveUp = null;
        try (var api = new WagerApi(url);
                var progress = new Progress(screen, "posting", tally::done, patience::trouble);
                var sender = new Sender(api, patience, tally, batchItems, concurrency)) {
            progress.showShareOf(counted::bytes, totalBytes);
            try {
                for (var item = reader.next(); item != null; item = reader.next()) {
                    taken++;
                    sender.send(item);
                }
            } catch (BrokenInputException | IOException e) {
                brokenAt = e instanceof BrokenInputException ? e.getMessage() : "reading failed: " + e.getMessage();
            }
            sender.finish();
        } catch (GaveUpException e) {
            gaveUp = "gave up on " + url + " after " + giveUpAfter.toSeconds() + " s without progress: "
                    + e.getMessage();
        } catch (UnusableApiException e) {
            gaveUp = e.getMessage();
        }
        return report(tally, taken, brokenAt, gaveUp, screen);
    }

    private static int report(
            Tally tally, long taken, @Nullable String brokenAt, @Nullable String gaveUp, Screen screen) {
        var out = screen.out();
        var open = taken - tally.done();
        out.printf(
                Locale.ROOT,
                "sent %,d: %,d accepted, %,d refused, %,d failed%n",
                taken,
                tally.accepted(),
                tally.refused(),
                tally.failed() + open);
        tally.print(out);
        if (brokenAt != null) {
            out.println("The input is broken at " + brokenAt + ". What came before was sent; the rest was not read.");
        } else if (taken == 0 && gaveUp == null) {
            out.println("There was nothing to send.");
        }
        if (gaveUp != null) {
            screen.error(gaveUp);
            out.println("The input was not sent to its end. " + AGAIN);
            return 2;
        }
        if (tally.failed() > 0) {
            out.println(AGAIN);
        }
        return tally.accepted() == taken && brokenAt == null ? 0 : 1;
    }
}
