package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.Partitions;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.TransportEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions on a real broker: their number changes by the documented steps, and nothing is lost or left behind. */
final class PartitionedTransportIT {

    private static final BatchSettings BATCHES = new BatchSettings(20, Duration.ofMillis(10), 2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PLAYERS = 40;

    private final RabbitMqServer server = RabbitMqServer.forFaults();
    private final List<TransportEnds> open = new ArrayList<>();
    private final Collection<String> published = new ConcurrentLinkedQueue<>();
    private final Collection<String> handled = new ConcurrentLinkedQueue<>();
    private final Set<String> routingKeys = ConcurrentHashMap.newKeySet();
    private int number;

    @BeforeEach
    void startEmpty() {
        server.deleteTopology();
    }

    @AfterEach
    void closeAll() {
        open.forEach(ends -> ends.stop().run());
    }

    @Test
    void numberChangesByTheDocumentedStepsAndEverythingIsHandledOnce() {
        var oldApi = ends(0);
        var oldConsumer = consume(0);
        publish(oldApi, 0);

        // Growing: consumers first, one after the other, then the publishers.
        var grownConsumer = consume(4);
        close(oldConsumer);
        publish(oldApi, 0);
        var grownApi = ends(4);
        publish(oldApi, 0);
        publish(grownApi, 4);

        // Shrinking: publishers first; the consumers when the queues that are too many are empty.
        var shrunkApi = ends(2);
        publish(grownApi, 4);
        publish(shrunkApi, 2);
        await().atMost(PATIENCE).until(() -> depth(2) + depth(3) == 0 && handled.size() == published.size());
        consume(2);
        close(grownConsumer);
        publish(shrunkApi, 2);

        await().atMost(PATIENCE).until(() -> handled.size() >= published.size());
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published);
        assertThat(routingKeys)
                .containsExactlyInAnyOrder(
                        "casino.wager", "casino.wager.0", "casino.wager.1", "casino.wager.2", "casino.wager.3");
        assertThat(grownApi.source().depth(Topology.WAGER_QUEUE)).isZero();
    }

    @Test
    void publishersThatGrowBeforeTheirConsumersLoseNothing() {
        consume(0);
        publish(ends(4), 4);
        assertThat(handled).isEmpty();

        consume(4);

        await().atMost(PATIENCE).until(() -> handled.size() >= published.size());
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void onePlayersWagersAreHandledByOneConsumerAtATimeInTheirOrder() {
        Map<String, List<String>> orders = new ConcurrentHashMap<>();
        Map<String, Integer> inHand = new ConcurrentHashMap<>();
        Set<String> together = ConcurrentHashMap.newKeySet();
        BatchHandler watching = batch -> {
            var players = batch.stream()
                    .map(PartitionedTransportIT::player)
                    .distinct()
                    .toList();
            for (var player : players) {
                if (inHand.merge(player, 1, Integer::sum) > 1) {
                    together.add(player);
                }
            }
            batch.forEach(delivery -> orders.computeIfAbsent(player(delivery), unused -> new ArrayList<>())
                    .add(id(delivery)));
            players.forEach(player -> inHand.merge(player, -1, Integer::sum));
            batch.forEach(delivery -> handled.add(id(delivery)));
            return done(batch);
        };
        ends(4).source().subscribe(Topology.WAGER_QUEUE, BATCHES, watching);
        ends(4).source().subscribe(Topology.WAGER_QUEUE, BATCHES, watching);
        var api = ends(4);

        publish(api, 4);
        publish(api, 4);
        publish(api, 4);

        await().atMost(PATIENCE).until(() -> handled.size() >= published.size());
        assertThat(together).isEmpty();
        assertThat(orders).hasSize(PLAYERS);
        var all = List.copyOf(published);
        orders.forEach((player, ids) -> assertThat(ids)
                .containsExactlyElementsOf(
                        all.stream().filter(id -> id.startsWith(player + "/")).toList()));
    }

    @Test
    void activeConsumerThatGoesAwayIsFollowedByAnother() {
        var first = consume(4);
        consume(4);
        var api = ends(4);
        publish(api, 4);
        await().atMost(PATIENCE).until(() -> handled.size() >= published.size());

        close(first);
        publish(api, 4);

        await().atMost(PATIENCE).until(() -> handled.size() >= published.size());
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void messageOfAPartitionThatTheConsumerAlwaysCrashesOnEndsInTheDeadLetterQueue() throws Exception {
        publishOne(ends(1), 1, new UUID(7, 1)).join();
        var dead = new AtomicReference<@Nullable GetResponse>();

        try (var connection = server.connectionFactory().newConnection()) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                try (var crashing = connection.createChannel()) {
                    // Never acknowledged: the channel's end brings it back, as a crash would.
                    crashing.basicQos(1);
                    crashing.basicConsume(Partitions.queue(0), false, (tag, message) -> {}, tag -> {});
                    dead.set(crashing.basicGet(Topology.DEAD_LETTER_QUEUE, true));
                }
                return dead.get() != null;
            });
        }

        assertThat(Objects.requireNonNull(dead.get()).getProps().getMessageId())
                .isEqualTo(published.iterator().next());
    }

    private TransportEnds ends(int partitions) {
        var ends = RabbitEnds.open(server, partitions);
        open.add(ends);
        return ends;
    }

    private TransportEnds consume(int partitions) {
        var ends = ends(partitions);
        ends.source().subscribe(Topology.WAGER_QUEUE, BATCHES, batch -> {
            batch.forEach(delivery -> {
                handled.add(id(delivery));
                routingKeys.add(delivery.origin().routingKey());
            });
            return done(batch);
        });
        return ends;
    }

    private void close(TransportEnds ends) {
        open.remove(ends);
        ends.stop().run();
    }

    /** One wager of every player, all durable. */
    private void publish(TransportEnds ends, int partitions) {
        var confirms = new ArrayList<CompletableFuture<Void>>();
        for (var player = 0; player < PLAYERS; player++) {
            confirms.add(publishOne(ends, partitions, new UUID(7, player)));
        }
        confirms.forEach(CompletableFuture::join);
    }

    private CompletableFuture<Void> publishOne(TransportEnds ends, int partitions, UUID player) {
        MessagePublisher publisher = ends.publisher();
        var id = player + "/" + number++;
        published.add(id);
        return publisher.publish(
                Partitions.destination(player, partitions),
                new Message(id, null, null, null, null, Map.of(), new byte[0]));
    }

    private long depth(int partition) throws Exception {
        try (var connection = server.connectionFactory().newConnection();
                var channel = connection.createChannel()) {
            return channel.messageCount(Partitions.queue(partition));
        }
    }

    private static List<Disposition> done(List<Delivery> batch) {
        return batch.stream().<Disposition>map(delivery -> Disposition.DONE).toList();
    }

    private static String player(Delivery delivery) {
        return id(delivery).substring(0, 36);
    }

    private static String id(Delivery delivery) {
        return Objects.requireNonNull(delivery.message().messageId());
    }
}
