package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.deadletter.DeadLetterIdentity;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.DeadLetterKeeper;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.core.messaging.Topology;
import io.wager.rabbitmq.consume.RabbitMessageSource;
import io.wager.testkit.RabbitMqServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Dead letters while an alarm of the broker blocks publishing. */
final class AlarmedBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final BatchSettings BATCHES = new BatchSettings(20, Duration.ofMillis(5), 1);
    private static final int MESSAGES = 400;
    private static final int EACH_DEAD = 25;
    private static final int DEAD = MESSAGES / EACH_DEAD;

    private final RabbitMqServer server = RabbitMqServer.forFaults();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Collection<String> handled = new ConcurrentLinkedQueue<>();
    private RabbitMessagePublisher publisher;

    @BeforeEach
    void fillAndAlarm() {
        server.deleteTopology();
        publisher = RabbitEnds.readyPublisher(server, RabbitEnds.DEFAULTS, registry);
        IntStream.range(0, MESSAGES)
                .mapToObj(i -> publisher.publish(Topology.WAGERS, message("m-" + i)))
                .toList()
                .forEach(CompletableFuture::join);
        server.rabbitmqctl("set_vm_memory_high_watermark", "0.0000001");
        // The broker tells a connection of its alarm when it next publishes.
        await().atMost(PATIENCE).until(() -> {
            var unused = publisher.publish(Topology.DEAD_LETTERS, message("probe"));
            return publisher.state() == State.BLOCKED;
        });
    }

    @AfterEach
    void close() {
        endAlarm();
        publisher.close();
    }

    @Test
    void lettersThatNobodyKeepsWaitAndHoldUpNothing() throws Exception {
        try (var source = source(null)) {
            source.subscribe(Topology.WAGER_QUEUE, BATCHES, this::handle);

            await().atMost(PATIENCE).until(() -> handled.size() == MESSAGES - DEAD);
            await().atMost(PATIENCE).until(() -> parked() == DEAD);
            endAlarm();
            await().atMost(PATIENCE).until(() -> source.depth(Topology.DEAD_LETTER_QUEUE) >= DEAD);
            await().atMost(PATIENCE).until(() -> parked() == 0);
        }

        assertThat(handled).doesNotHaveDuplicates();
        assertThat(queued(Topology.WAGER_QUEUE)).isZero();
    }

    @Test
    void closingLetsTheLettersThatWaitGoBack() throws Exception {
        try (var source = source(null)) {
            source.subscribe(Topology.WAGER_QUEUE, BATCHES, this::handle);
            await().atMost(PATIENCE).until(() -> handled.size() == MESSAGES - DEAD && parked() == DEAD);
        }

        await().atMost(PATIENCE).until(() -> queued(Topology.WAGER_QUEUE) == DEAD);
    }

    @Test
    void lettersAreKeptByTheirSameIdentityAndTheQueueDrains() throws Exception {
        var kept = new ConcurrentLinkedQueue<Message>();
        try (var source = source(letters -> kept.addAll(letters))) {
            source.subscribe(Topology.WAGER_QUEUE, BATCHES, this::handle);

            await().atMost(PATIENCE).until(() -> handled.size() == MESSAGES - DEAD && kept.size() == DEAD);
            await().atMost(PATIENCE).until(() -> parked() == 0);
        }
        assertThat(queued(Topology.WAGER_QUEUE)).isZero();

        // What was kept may have been published as well: it has to be known then.
        endAlarm();
        RabbitEnds.awaitReady(publisher);
        kept.forEach(letter -> publisher.publish(Topology.DEAD_LETTERS, letter).join());
        var later = new ConcurrentLinkedQueue<Message>();
        try (var source = source(null)) {
            source.subscribe(Topology.DEAD_LETTER_QUEUE, BATCHES, batch -> {
                batch.forEach(delivery -> later.add(delivery.message()));
                return Collections.nCopies(batch.size(), Disposition.DONE);
            });
            await().atMost(PATIENCE).until(() -> identities(later).containsAll(identities(kept)));
        }
        assertThat(identities(kept)).doesNotHaveDuplicates().hasSize(DEAD);
    }

    private List<Disposition> handle(List<Delivery> batch) {
        return batch.stream().map(this::handle).toList();
    }

    private Disposition handle(Delivery delivery) {
        var id = Objects.requireNonNull(delivery.message().messageId());
        if (Integer.parseInt(id.substring(2)) % EACH_DEAD == 0) {
            return new Disposition.Dead(DeadLetterReason.CONFLICT, Failure.of("Conflict", "other content"));
        }
        handled.add(id);
        return Disposition.DONE;
    }

    private RabbitMessageSource source(@Nullable DeadLetterKeeper keeper) {
        return RabbitEnds.source(
                RabbitEnds.consumingConnector(server), publisher, keeper, DataSize.ofMegabytes(10), registry);
    }

    private double parked() {
        return registry.get("wager.consume.parked").gauge().value();
    }

    private void endAlarm() {
        server.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "2GB");
    }

    private long queued(String queue) throws Exception {
        try (var connection = server.connectionFactory().newConnection();
                var channel = connection.createChannel()) {
            return channel.messageCount(queue);
        }
    }

    private static List<String> identities(Collection<Message> letters) {
        return letters.stream()
                .map(DeadLetterIdentity::of)
                .map(identity -> identity.deadLetterId() + " "
                        + ByteBuffer.wrap(identity.failureKey()).getLong())
                .toList();
    }

    private static Message message(String id) {
        return new Message(
                id,
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                "request-" + id,
                Instant.parse("2026-02-03T04:05:06.789Z"),
                Map.of(MessageHeaders.SCHEMA_VERSION, 1, MessageHeaders.TRACEPARENT, "00-ab-cd-01"),
                id.getBytes(StandardCharsets.UTF_8));
    }
}
