package io.wager.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far something has come while it is open: on a terminal as one line with a bar that is drawn over, else as a line
 * every few seconds. Draws on a thread of its own.
 */
public final class Progress implements AutoCloseable {

    private static final Duration DRAW_EVERY = Duration.ofMillis(200);
    private static final Duration PRINT_EVERY = Duration.ofSeconds(5);
    private static final int BAR_CELLS = 24;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Screen screen;
    private final String what;
    private final LongSupplier done;
    private final Supplier<@Nullable String> trouble;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long startNanos = System.nanoTime();
    private final Thread thread;
    private volatile LongSupplier part = () -> 0;
    private volatile long whole = -1;
    private long shownDone;
    private long shownNanos = startNanos;

    /**
     * Starts to show.
     *
     * @param screen where
     * @param what what is going on, a verb
     * @param done how many are done; called by another thread
     * @param trouble what it waits for, null while all is well; called by another thread
     */
    public Progress(Screen screen, String what, LongSupplier done, Supplier<@Nullable String> trouble) {
        this.screen = screen;
        this.what = what;
        this.done = done;
        this.trouble = trouble;
        this.thread = Thread.ofVirtual().start(this::showUntilClosed);
    }

    /**
     * Shows a share as well.
     *
     * @param part how much is done; called by another thread
     * @param whole how much there is; not positive where nobody knows
     */
    public void showShareOf(LongSupplier part, long whole) {
        this.part = part;
        this.whole = whole;
    }

    /** Shows the end, and stops. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var seconds = Math.max(1, System.nanoTime() - startNanos);
        var count = done.getAsLong();
        screen.err()
                .printf(
                        Locale.ROOT,
                        "%s%s: %,d in %s, %,d/s%n",
                        screen.isTerminal() ? "\r\033[K" : "",
                        what,
                        count,
                        time(seconds),
                        rate(count, seconds));
        screen.err().flush();
    }

    private void showUntilClosed() {
        var every = screen.isTerminal() ? DRAW_EVERY : PRINT_EVERY;
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        var line = line();
        if (screen.isTerminal()) {
            screen.err().print("\r\033[K" + line);
        } else {
            screen.err().println(line);
        }
        screen.err().flush();
    }

    private String line() {
        var now = System.nanoTime();
        var count = done.getAsLong();
        var line = new StringBuilder(what).append(bar());
        line.append(String.format(
                Locale.ROOT,
                "  %,d  %,d/s  %s",
                count,
                rate(count - shownDone, Math.max(1, now - shownNanos)),
                time(now - startNanos)));
        // A rate over the last second or more, else it would jump from drawing to drawing.
        if (now - shownNanos > NANOS_PER_SECOND) {
            shownDone = count;
            shownNanos = now;
        }
        var problem = trouble.get();
        return problem == null
                ? line.toString()
                : line.append("  (").append(problem).append(')').toString();
    }

    private String bar() {
        var all = whole;
        if (all <= 0) {
            return "";
        }
        var some = Math.min(all, part.getAsLong());
        var cells = (int) (some * BAR_CELLS / all);
        return String.format(
                Locale.ROOT, " [%s%s] %3d %%", "#".repeat(cells), ".".repeat(BAR_CELLS - cells), some * 100 / all);
    }

    private static long rate(long count, long nanos) {
        // In milliseconds, since a count times 10^9 could overflow.
        return count * 1_000 / Math.max(1, nanos / 1_000_000);
    }

    private static String time(long nanos) {
        var seconds = nanos / NANOS_PER_SECOND;
        return String.format(
                Locale.ROOT, "%d:%02d.%d", seconds / 60, seconds % 60, nanos % NANOS_PER_SECOND / 100_000_000);
    }
}
