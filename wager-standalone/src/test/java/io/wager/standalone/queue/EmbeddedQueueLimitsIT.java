package io.wager.standalone.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.messaging.Topology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What the embedded queue does at its limits: of rows, bytes, disk, messages under way, deliveries, and of its file. */
class EmbeddedQueueLimitsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DataSize NO_LIMIT = DataSize.ofGigabytes(4);
    private static final BatchSettings BATCHES = new BatchSettings(100, Duration.ofMillis(5), 1);
    private static final BatchHandler TAKE = deliveries -> Collections.nCopies(deliveries.size(), Disposition.DONE);

    @TempDir
    private Path folder;

    private final List<EmbeddedTransport> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(EmbeddedTransport::close);
    }

    @Test
    void aFullQueueRefusesUntilItIsDrained() throws Exception {
        var transport = open(3, NO_LIMIT, DataSize.ofBytes(1));
        IntStream.range(0, 3).forEach(i -> publish(transport, 10).join());

        assertThat(reason(publish(transport, 10))).isEqualTo(Reason.REFUSED);
        assertThat(transport.state()).isEqualTo(State.BLOCKED);

        var subscription = transport.subscribe(Topology.WAGER_QUEUE, BATCHES, TAKE);
        await().atMost(PATIENCE).until(() -> transport.state() == State.READY);
        subscription.close();
        assertThatCode(() -> publish(transport, 10).join()).doesNotThrowAnyException();
    }

    @Test
    void aQueueWithTooManyBytesRefuses() throws Exception {
        var transport = open(1_000, DataSize.ofKilobytes(100), DataSize.ofBytes(1));
        publish(transport, 60_000).join();
        publish(transport, 60_000).join();

        assertThat(reason(publish(transport, 10))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aNearlyFullDiskBlocks() throws Exception {
        var transport = open(1_000, NO_LIMIT, DataSize.ofTerabytes(1_000_000));

        await().atMost(PATIENCE).until(() -> transport.state() == State.BLOCKED);

        assertThat(reason(publish(transport, 10))).isEqualTo(Reason.BLOCKED);
    }

    @Test
    void deadLettersAreTakenThoughEverythingIsFull() throws Exception {
        var transport = open(2, NO_LIMIT, DataSize.ofBytes(1));
        BatchHandler kill = deliveries -> Collections.nCopies(
                deliveries.size(),
                new Disposition.Dead(DeadLetterReason.INVALID, Failure.of("SomeFailure", "as the test wants it")));

        var subscription = transport.subscribe(Topology.WAGER_QUEUE, BATCHES, kill);
        for (var i = 0; i < 5; i++) {
            await().atMost(PATIENCE).until(() -> transport.state() == State.READY);
            publish(transport, 10).join();
        }
        await().atMost(PATIENCE).until(() -> transport.depth(Topology.DEAD_LETTER_QUEUE) == 5);
        subscription.close();
    }

    @Test
    void whatFindsNoRoomIsRefusedWhileThereIsTimeLeftForACommit() throws Exception {
        // One message under way at most, and a commit that waits for more than may come.
        var transport = open(
                new EmbeddedPublishProperties(Duration.ofSeconds(4), 1),
                settings(1_000, NO_LIMIT, DataSize.ofBytes(1), DataSize.ofMegabytes(256), Duration.ofSeconds(30)));
        var first = publish(transport, 10);

        // Waits for room on this thread, and gives up before the deadline of the first makes any.
        var last = publish(transport, 10);

        assertThat(first).isNotDone();
        assertThat(reason(last)).isEqualTo(Reason.SATURATED);
        assertThat(reason(first)).isEqualTo(Reason.UNCONFIRMED);
    }

    @Test
    void aMessageThatIsNeverDisposedOfEndsAmongTheDeadLetters() throws Exception {
        var transport = open(1_000, NO_LIMIT, DataSize.ofBytes(1));
        BatchHandler again = deliveries -> Collections.nCopies(deliveries.size(), new Disposition.Again());
        publish(transport, 10).join();

        var subscription = transport.subscribe(Topology.WAGER_QUEUE, BATCHES, again);
        await().atMost(PATIENCE).until(() -> transport.depth(Topology.DEAD_LETTER_QUEUE) == 1);
        subscription.close();

        assertThat(transport.depth(Topology.WAGER_QUEUE)).isZero();
        var dead = new CopyOnWriteArrayList<Delivery>();
        BatchHandler keep = deliveries -> {
            dead.addAll(deliveries);
            return Collections.nCopies(deliveries.size(), Disposition.DONE);
        };
        var keeping = transport.subscribe(Topology.DEAD_LETTER_QUEUE, BATCHES, keep);
        await().atMost(PATIENCE).until(() -> dead.size() == 1);
        keeping.close();
        assertThat(dead.getFirst().message().headers())
                .containsEntry(MessageHeaders.DEAD_LETTER_REASON, DeadLetterReason.DELIVERY_LIMIT.wireForm());
    }

    @Test
    void aFileThatHasGrownIsCompactedOnceItsQueuesAreEmpty() throws Exception {
        var transport = open(
                new EmbeddedPublishProperties(Duration.ofSeconds(5), 10_000),
                settings(100_000, NO_LIMIT, DataSize.ofBytes(1), DataSize.ofMegabytes(2), Duration.ofMillis(2)));
        IntStream.range(0, 100).mapToObj(i -> publish(transport, 100_000)).forEach(CompletableFuture::join);
        assertThat(transport.fileBytes()).isGreaterThan(DataSize.ofMegabytes(8).toBytes());

        var subscription = transport.subscribe(Topology.WAGER_QUEUE, BATCHES, TAKE);
        await().atMost(PATIENCE)
                .until(() -> transport.fileBytes() < DataSize.ofMegabytes(1).toBytes());

        publish(transport, 10).join();
        await().atMost(PATIENCE).until(() -> transport.depth(Topology.WAGER_QUEUE) == 0);
        subscription.close();
    }

    private EmbeddedTransport open(int maxRows, DataSize maxSize, DataSize minFreeSpace) throws Exception {
        return open(
                new EmbeddedPublishProperties(Duration.ofSeconds(5), 10_000),
                settings(maxRows, maxSize, minFreeSpace, DataSize.ofMegabytes(256), Duration.ofMillis(2)));
    }

    private EmbeddedTransport open(EmbeddedPublishProperties publishing, EmbeddedQueueProperties queue)
            throws Exception {
        var transport = new EmbeddedTransport(
                queue, publishing, Clock.systemUTC(), new SimpleMeterRegistry(), new FakeLiveness());
        opened.add(transport);
        return transport;
    }

    private EmbeddedQueueProperties settings(
            int maxRows, DataSize maxSize, DataSize minFreeSpace, DataSize compactAbove, Duration groupWait) {
        return new EmbeddedQueueProperties(
                folder.resolve("queue"),
                maxRows,
                maxSize,
                minFreeSpace,
                compactAbove,
                500,
                DataSize.ofMegabytes(4),
                groupWait,
                null,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }

    private static CompletableFuture<Void> publish(EmbeddedTransport transport, int bytes) {
        return transport.publish(Topology.WAGERS, new Message("id", null, null, null, null, Map.of(), new byte[bytes]));
    }

    private static Reason reason(CompletableFuture<Void> future) {
        try {
            future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof PublishFailedException refused) {
                return refused.reason();
            }
            throw failed;
        }
        throw new AssertionError("was confirmed");
    }
}
