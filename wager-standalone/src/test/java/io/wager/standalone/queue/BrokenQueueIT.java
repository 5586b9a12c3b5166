package io.wager.standalone.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.core.messaging.Topology;
import io.wager.standalone.liveness.Liveness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded queue does when its database is closed under it, and when a handler throws what no handler should. */
class BrokenQueueIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final BatchSettings BATCHES = new BatchSettings(8, Duration.ofMillis(5), 1);

    private final FakeLiveness liveness = new FakeLiveness();

    @TempDir
    private Path folder;

    @Test
    void aStoreThatClosedItselfUnderItsDatabaseIsOpenedAgain() throws Exception {
        var file = folder.resolve("queue");
        try (var transport = Queues.open(Queues.at(file), liveness, 1)) {
            Queues.publish(transport, "before").join();

            closeStore(file);

            await().atMost(PATIENCE).until(() -> liveness.told.equals(List.of("broken", "mended")));
            await().atMost(PATIENCE).until(() -> transport.state() == State.READY);
            Queues.publish(transport, "after").join();
            assertThat(transport.depth(Topology.WAGER_QUEUE)).isEqualTo(2);
            assertThat(liveness.exitCodes).isEmpty();
        }
    }

    @Test
    void aDatabaseThatDoesNotOpenAgainEndsTheProcess() throws Exception {
        var file = folder.resolve("queue");
        try (var transport = Queues.open(Queues.at(file, Duration.ZERO), liveness, 1)) {
            Queues.publish(transport, "before").join();

            Queues.sql(file, "SHUTDOWN IMMEDIATELY");
            Files.writeString(folder.resolve("queue.mv.db"), "no database");

            await().atMost(PATIENCE).until(() -> liveness.exitCodes.contains(Liveness.DATABASE_LOST));
            assertThat(liveness.told).startsWith("broken").doesNotContain("mended");
            assertThat(transport.state()).isEqualTo(State.DISCONNECTED);
        }
    }

    @Test
    void anErrorOfTheHandlerCostsItsNeighboursNothingAndTheWorkerLivesOn() throws Exception {
        var done = ConcurrentHashMap.<String>newKeySet();
        BatchHandler handler = batch -> {
            if (batch.stream().anyMatch(delivery -> id(delivery).equals("5"))) {
                throw new StackOverflowError("as the test wants it");
            }
            batch.forEach(delivery -> done.add(id(delivery)));
            return Collections.nCopies(batch.size(), Disposition.DONE);
        };
        try (var transport = Queues.open(Queues.at(folder.resolve("queue")), liveness, 1)) {
            IntStream.range(0, 8)
                    .mapToObj(i -> Queues.publish(transport, String.valueOf(i)))
                    .toList()
                    .forEach(CompletableFuture::join);

            transport.subscribe(Topology.WAGER_QUEUE, BATCHES, handler);

            await().atMost(PATIENCE).until(() -> done.size() == 7);
            Queues.publish(transport, "later").join();
            await().atMost(PATIENCE).until(() -> done.contains("later"));
            assertThat(liveness.exitCodes).isEmpty();
        }
    }

    @Test
    void aHandlerThatLeavesItsThreadInterruptedDoesNotEndTheWorker() throws Exception {
        var done = ConcurrentHashMap.<String>newKeySet();
        try (var transport = Queues.open(Queues.at(folder.resolve("queue")), liveness, 1)) {
            var subscription = transport.subscribe(Topology.WAGER_QUEUE, BATCHES, batch -> {
                batch.forEach(delivery -> done.add(id(delivery)));
                Thread.currentThread().interrupt();
                return Collections.nCopies(batch.size(), Disposition.DONE);
            });

            for (var id : List.of("first", "second", "third")) {
                Queues.publish(transport, id).join();
                await().atMost(PATIENCE).until(() -> done.contains(id));
            }

            assertThat(subscription.isWorking()).isTrue();
        }
    }

    @Test
    void anErrorOfTheJvmEndsTheProcess() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        BatchHandler handler = batch -> {
            batch.forEach(delivery -> seen.add(id(delivery)));
            throw new OutOfMemoryError("as the test wants it");
        };
        try (var transport = Queues.open(Queues.at(folder.resolve("queue")), liveness, 1)) {
            Queues.publish(transport, "large").join();

            transport.subscribe(Topology.WAGER_QUEUE, BATCHES, handler);

            await().atMost(PATIENCE).until(() -> liveness.exitCodes.contains(Liveness.OUT_OF_MEMORY));
            assertThat(seen).startsWith("large");
        }
    }

    /** As H2 does when it can't write: the store is closed, and its database does not know. */
    private static void closeStore(Path file) throws Exception {
        var connection = DriverManager.getConnection("jdbc:h2:file:" + file, "wager", "");
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        session.getDatabase().getStore().getMvStore().closeImmediately();
    }

    private static String id(Delivery delivery) {
        return String.valueOf(delivery.message().messageId());
    }
}
