package io.wager.standalone.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that ends each process that handles it. */
class CrashingMessageIT {

    private static final int NEIGHBOURS = 100;

    @TempDir
    private Path folder;

    @Test
    void whatEndsTheProcessAgainAndAgainIsDeadAtLastAndItsNeighboursAreHandled() throws Exception {
        var file = folder.resolve("queue");
        try (var transport = Queues.open(file)) {
            IntStream.range(0, NEIGHBOURS)
                    .mapToObj(i -> Queues.publish(transport, i == NEIGHBOURS / 2 ? "poison" : "m-" + i))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        // Once unnoticed, since nobody counts before the first; then as often as the limit allows.
        for (var crash = 0; crash <= CrashingProcess.CRASH_LIMIT; crash++) {
            assertThat(run(file)).as("run %d", crash).isEqualTo(CrashingProcess.DIED);
        }
        assertThat(run(file)).isZero();

        assertThat(Files.readAllLines(folder.resolve("handled")))
                .containsAll(IntStream.range(0, NEIGHBOURS)
                        .filter(i -> i != NEIGHBOURS / 2)
                        .mapToObj(i -> "m-" + i)
                        .toList());
        var letters = deadLetters(file);
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().message().messageId()).isEqualTo("poison");
        assertThat(letters.getFirst().message().headers())
                .containsEntry(MessageHeaders.DEAD_LETTER_REASON, DeadLetterReason.DELIVERY_LIMIT.wireForm());
    }

    private int run(Path file) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingProcess.class.getName(),
                        file.toString(),
                        folder.resolve("handled").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Delivery> deadLetters(Path file) throws Exception {
        var letters = new CopyOnWriteArrayList<Delivery>();
        try (var transport = Queues.open(file)) {
            transport.subscribe(Topology.DEAD_LETTER_QUEUE, new BatchSettings(10, Duration.ofMillis(5), 1), batch -> {
                letters.addAll(batch);
                return Collections.nCopies(batch.size(), Disposition.DONE);
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> transport.depth(Topology.DEAD_LETTER_QUEUE) == 0);
        }
        return letters;
    }
}
