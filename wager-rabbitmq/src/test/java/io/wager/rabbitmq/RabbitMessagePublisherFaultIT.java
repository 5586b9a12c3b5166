package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of publishes when the broker dies, stalls or refuses. */
final class RabbitMessagePublisherFaultIT {

    private static final PublishProperties SETTINGS = new PublishProperties(Duration.ofSeconds(2), 1_000, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final RabbitMqServer server = RabbitMqServer.forFaults();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RabbitMessagePublisher publisher = start();
    private long given;
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    private RabbitMessagePublisher start() {
        var started = RabbitEnds.readyPublisher(server, SETTINGS, registry);
        emptyQueue();
        return started;
    }

    @AfterEach
    void nothingConfirmedIsMissingAndNoRoomIsLost() {
        await().atMost(PATIENCE).until(() -> publisher.roomLeft() == SETTINGS.maxOutstanding());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(counted()).isEqualTo(given));
        publisher.close();
        assertThat(emptyQueue()).containsAll(confirmed);
    }

    @Test
    void brokerKilledWithConfirmsOutstandingFailsThemAndIsFoundAgain() {
        var stop = new AtomicBoolean();
        var published = new ConcurrentLinkedQueue<CompletableFuture<Void>>();
        var thread = Thread.ofPlatform().start(() -> {
            for (var i = 0; !stop.get(); i++) {
                published.add(send("k-" + i));
            }
        });
        await().atMost(PATIENCE).until(() -> confirmed.size() > 2_000);

        server.kill();
        await().atMost(PATIENCE).until(() -> publisher.state() == State.DISCONNECTED);
        stop.set(true);
        await().atMost(PATIENCE).until(() -> !thread.isAlive());
        given = published.size();
        await().atMost(PATIENCE).until(() -> published.stream().allMatch(CompletableFuture::isDone));
        server.start();

        await().atMost(PATIENCE).until(() -> publisher.state() == State.READY);
        assertThat(published).anyMatch(CompletableFuture::isCompletedExceptionally);
        given++;
        send("after").join();
        assertThat(confirmed).contains("after");
    }

    @Test
    void alarmBlocksPublishingUntilItIsOver() {
        server.rabbitmqctl("set_vm_memory_high_watermark", "0.0000001");
        try {
            // The broker tells a connection only when it publishes, so the first ones run into their deadline.
            given = 5;
            var first = IntStream.range(0, 5).mapToObj(i -> send("a-" + i)).toList();
            assertThat(first.stream().map(RabbitMessagePublisherFaultIT::reason))
                    .allMatch(reason -> reason == Reason.UNCONFIRMED || reason == Reason.BLOCKED);
            await().atMost(PATIENCE).until(() -> publisher.state() == State.BLOCKED);

            given++;
            assertThat(reason(send("refused"))).isEqualTo(Reason.BLOCKED);
        } finally {
            server.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "2GB");
        }

        await().atMost(PATIENCE).until(() -> publisher.state() == State.READY);
        given++;
        send("after").join();
    }

    @Test
    void unboundQueueMakesWagersUnroutableUntilItIsBoundAgain() throws Exception {
        given = 2;
        try (var connection = server.connectionFactory().newConnection();
                var channel = connection.createChannel()) {
            channel.queueUnbind(Topology.WAGER_QUEUE, Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY);
            assertThat(reason(send("lost"))).isEqualTo(Reason.UNROUTABLE);
            RabbitTopology.declare(channel);
        }

        send("after").join();
    }

    @Test
    void fullQueueRefusesUntilItsLimitIsTakenAway() {
        server.rabbitmqctl("set_policy", "full", "^wagers.casino$", "{\"max-length\":5}", "--apply-to", "queues");
        try {
            // The queue tells publishers that it is full a moment after it is, so some beyond the limit are taken.
            await().atMost(PATIENCE).until(() -> {
                given++;
                return reasonOrNone(send("f-" + given)) == Reason.REFUSED;
            });
        } finally {
            server.rabbitmqctl("clear_policy", "full");
        }

        // The queue goes on to refuse what comes on channels that it has refused before.
        await().atMost(PATIENCE).until(() -> {
            given++;
            return reasonOrNone(send("a-" + given)) == null;
        });
    }

    @Test
    void missingExchangeCostsOneChannelNotTheConnection() {
        given = 2;

        var lost = publisher.publish(new Destination("no-such-exchange", "key"), message("lost"));

        assertThat(reason(lost)).isEqualTo(Reason.UNREACHABLE);
        assertThat(publisher.state()).isEqualTo(State.READY);
        send("after").join();
    }

    @Test
    void unwritableMessageHarmsNoNeighbour() {
        given = 201;
        var before = IntStream.range(0, 100).mapToObj(i -> send("b-" + i)).toList();
        var unwritable = publisher.publish(new Destination(Topology.WAGER_EXCHANGE, "k".repeat(300)), message("long"));
        var after = IntStream.range(0, 100).mapToObj(i -> send("c-" + i)).toList();

        assertThat(reason(unwritable)).isEqualTo(Reason.REFUSED);
        before.forEach(CompletableFuture::join);
        after.forEach(CompletableFuture::join);
    }

    private CompletableFuture<Void> send(String id) {
        return publisher.publish(Topology.WAGERS, message(id)).whenComplete((done, failure) -> {
            if (failure == null) {
                confirmed.add(id);
            }
        });
    }

    private long counted() {
        return (long) registry.get("wager.publish.messages").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private Set<String> emptyQueue() {
        var ids = new HashSet<String>();
        try (var connection = server.connectionFactory().newConnection();
                var channel = connection.createChannel()) {
            for (GetResponse got = channel.basicGet(Topology.WAGER_QUEUE, true);
                    got != null;
                    got = channel.basicGet(Topology.WAGER_QUEUE, true)) {
                ids.add(got.getProps().getMessageId());
            }
        } catch (IOException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
        return ids;
    }

    private static Message message(String id) {
        return new Message(id, null, null, null, null, Map.of(), new byte[1_000]);
    }

    private static Reason reason(CompletableFuture<Void> future) {
        return Objects.requireNonNull(reasonOrNone(future), "was confirmed");
    }

    private static @Nullable Reason reasonOrNone(CompletableFuture<Void> future) {
        try {
            future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException failed) {
            return ((PublishFailedException) Objects.requireNonNull(failed.getCause())).reason();
        } catch (InterruptedException | TimeoutException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
