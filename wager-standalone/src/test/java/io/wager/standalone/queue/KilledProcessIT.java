package io.wager.standalone.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Topology;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was confirmed is there after the process was killed without warning. */
class KilledProcessIT {

    private static final int CONFIRMED_BEFORE_THE_KILL = 5_000;

    @TempDir
    private Path folder;

    @Test
    void everyConfirmedMessageSurvivesTheKill() throws Exception {
        var file = folder.resolve("queue");

        var confirmed = publishUntilKilled(file);

        var found = Collections.synchronizedSet(new HashSet<String>());
        try (var transport = Queues.open(file)) {
            var waiting = transport.depth(Topology.WAGER_QUEUE);
            transport.subscribe(Topology.WAGER_QUEUE, new BatchSettings(500, Duration.ofMillis(20), 2), batch -> {
                batch.forEach(
                        delivery -> found.add(String.valueOf(delivery.message().messageId())));
                return Collections.nCopies(batch.size(), Disposition.DONE);
            });
            await().atMost(Duration.ofMinutes(3)).until(() -> transport.depth(Topology.WAGER_QUEUE) == 0);
            assertThat(found).hasSize((int) waiting);
        }
        assertThat(confirmed).hasSizeGreaterThanOrEqualTo(CONFIRMED_BEFORE_THE_KILL);
        assertThat(found).containsAll(confirmed);
    }

    private static List<String> publishUntilKilled(Path file) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishingProcess.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> confirmed = new ArrayList<>();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            read(output, confirmed);
            // Through its handle: the process itself would close the stream that still has confirmed numbers in it.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            // What had been written before the kill counts as confirmed as well; a line that was cut does not.
            output.lines().filter(KilledProcessIT::isNumber).forEach(confirmed::add);
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the process died").isTrue();
        confirmed.removeLast();
        return confirmed;
    }

    private static void read(BufferedReader output, List<String> confirmed) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (isNumber(line)) {
                confirmed.add(line);
            }
            if (confirmed.size() > CONFIRMED_BEFORE_THE_KILL) {
                return;
            }
        }
    }

    /** The log of the process goes to the same output. */
    private static boolean isNumber(String line) {
        return !line.isEmpty() && line.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
