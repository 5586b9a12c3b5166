package io.wager.consumer.reconcile;

import io.wager.consumer.reconcile.finding.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows progress: on a terminal as one line that is drawn over, else as a line every few seconds. */
final class ConsoleProgress implements Progress {

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final String ERASE_LINE = "\r\u001b[K";

    /** Before this share there is too little to go by. */
    private static final double LEAST_SHARE = 0.01;

    private final PrintStream err;
    private final boolean isTerminal;
    private final LongSupplier nanoTime;
    private String phase = "";
    private long began;
    private long shown;

    ConsoleProgress(PrintStream err, boolean isTerminal, LongSupplier nanoTime) {
        this.err = err;
        this.isTerminal = isTerminal;
        this.nanoTime = nanoTime;
    }

    /** Standard error may go elsewhere, which the start script tells. From Java 22 on there is a console without a terminal too, and a method that tells; we compile for 21. */
    static boolean isTerminal(@Nullable Console console) {
        if (console == null || "false".equals(System.getProperty("wager.terminal"))) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public void begin(String name) {
        phase = name;
        began = nanoTime.getAsLong();
        shown = began;
        erase();
    }

    @Override
    public void at(double share, long done) {
        var now = nanoTime.getAsLong();
        if (now - shown < (isTerminal ? REDRAW : LINE_EVERY).toNanos()) {
            return;
        }
        shown = now;
        var text = text(share, done, Duration.ofNanos(now - began));
        if (isTerminal) {
            err.print(ERASE_LINE + text);
            err.flush();
        } else {
            err.println(text);
        }
    }

    /** Takes the line away. */
    void erase() {
        if (isTerminal) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }

    private String text(double share, long done, Duration elapsed) {
        var text = String.format(Locale.ROOT, "%s: %,d checked", phase, done);
        if (Double.isNaN(share) || share < LEAST_SHARE) {
            return text;
        }
        var left = Duration.ofMillis((long) (elapsed.toMillis() * (1 - share) / share));
        return text
                + String.format(
                        Locale.ROOT,
                        ", about %.0f %%, about %d:%02d:%02d left",
                        100 * share,
                        left.toHours(),
                        left.toMinutesPart(),
                        left.toSecondsPart());
    }
}
