package io.wager.consumer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void withoutATerminalItIsALineEveryFewSeconds() {
        var progress = progress(false);
        progress.begin("players");
        progress.at(0.1, 100);
        pass(Duration.ofSeconds(60));
        progress.at(0.25, 2_500);
        pass(Duration.ofSeconds(1));
        progress.at(0.26, 2_600);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("players: 2,500 checked, about 25 %, about 0:03:00 left\n");
    }

    @Test
    void onATerminalTheLineIsDrawnOver() {
        var progress = progress(true);
        progress.begin("players");
        pass(Duration.ofSeconds(1));
        progress.at(Double.NaN, 7);
        progress.erase();

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("\r\u001b[Kplayers: 7 checked")
                .endsWith("\r\u001b[K")
                .doesNotContain("\n");
    }

    private ConsoleProgress progress(boolean isTerminal) {
        return new ConsoleProgress(new PrintStream(err, true, StandardCharsets.UTF_8), isTerminal, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
