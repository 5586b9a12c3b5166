package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A message on which its consumer always crashes, among others that do no harm. */
final class CrashingMessageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES = 300;
    private static final String POISON = "m-120";
    private static final int MOST_CRASHES = 40;
    private static final BatchSettings BATCHES = new BatchSettings(50, Duration.ofMillis(5), 2);

    private final RabbitMqServer server = RabbitMqServer.shared();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger mostAttempts = new AtomicInteger();
    private RabbitMessagePublisher publisher;
    private Connection looking;

    @BeforeEach
    void publish() throws Exception {
        looking = server.connectionFactory().newConnection();
        server.deleteTopology();
        publisher = RabbitEnds.readyPublisher(server, RabbitEnds.DEFAULTS, registry);
        IntStream.range(0, MESSAGES)
                .mapToObj(i -> publisher.publish(
                        Topology.WAGERS, new Message("m-" + i, null, null, null, null, Map.of(), new byte[100])))
                .toList()
                .forEach(CompletableFuture::join);
    }

    @AfterEach
    void close() throws Exception {
        publisher.close();
        looking.close();
    }

    @Test
    void endsAsTheOnlyDeadLetterAndEveryOtherIsHandled() throws Exception {
        var crashes = 0;
        while (hasCrashed() && crashes < MOST_CRASHES) {
            crashes++;
        }

        // Not as many as deliveries: what the first channel of a dying connection gives back may count again on the
        // next.
        assertThat(crashes).as("crashes").isGreaterThan(Topology.DELIVERY_LIMIT / 2);
        assertThat(handled)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, MESSAGES)
                        .mapToObj(i -> "m-" + i)
                        .filter(id -> !id.equals(POISON))
                        .toList());
        assertThat(deadLetters()).containsExactly(POISON);
        // Four in company, and what came together with it as a suspect once or twice more.
        assertThat(mostAttempts).as("deliveries of any other").hasValueLessThanOrEqualTo(8);
    }

    /** Runs a consumer until it crashes or has nothing left to do. */
    private boolean hasCrashed() throws Exception {
        var connection = new AtomicReference<@Nullable Connection>();
        var crashed = new CountDownLatch(1);
        BrokerConnector connector = () -> {
            // Not again: what crashed does not connect anew.
            if (connection.get() != null) {
                throw new IOException("crashed");
            }
            var opened = RabbitEnds.consumingConnector(server).connect();
            connection.set(opened);
            return opened;
        };
        var source = RabbitEnds.source(connector, publisher, null, DataSize.ofMegabytes(10), registry);
        try {
            source.subscribe(Topology.WAGER_QUEUE, BATCHES, batch -> handle(batch, connection, crashed));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> crashed.getCount() == 0 || (handled.size() >= MESSAGES - 1 && isDrained()));
        } finally {
            source.close();
        }
        return crashed.getCount() == 0;
    }

    private List<Disposition> handle(
            List<Delivery> batch, AtomicReference<@Nullable Connection> connection, CountDownLatch crashed) {
        if (batch.stream().anyMatch(delivery -> id(delivery).equals(POISON))) {
            Objects.requireNonNull(connection.get()).abort();
            crashed.countDown();
            throw new IllegalStateException("crashed, as the test wants it");
        }
        batch.forEach(delivery -> {
            handled.add(id(delivery));
            mostAttempts.accumulateAndGet(delivery.attempt(), Math::max);
        });
        return Collections.nCopies(batch.size(), Disposition.DONE);
    }

    private boolean isDrained() throws Exception {
        try (var channel = looking.createChannel()) {
            return channel.messageCount(Topology.DEAD_LETTER_QUEUE) > 0
                    && channel.messageCount(Topology.WAGER_QUEUE) == 0;
        }
    }

    private List<String> deadLetters() throws Exception {
        try (var channel = looking.createChannel()) {
            var ids = new ArrayList<String>();
            for (var got = channel.basicGet(Topology.DEAD_LETTER_QUEUE, true);
                    got != null;
                    got = channel.basicGet(Topology.DEAD_LETTER_QUEUE, true)) {
                ids.add(got.getProps().getMessageId());
            }
            return ids;
        }
    }

    private static String id(Delivery delivery) {
        return Objects.requireNonNull(delivery.message().messageId());
    }
}
