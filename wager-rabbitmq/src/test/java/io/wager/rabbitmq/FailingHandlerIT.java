package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A subscription goes on whatever its handler or its channel does. */
final class FailingHandlerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES = 200;

    private final RabbitMqServer server = RabbitMqServer.shared();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();

    @Test
    void errorsInterruptsAndLostConnectionsLeaveNothingBehind() {
        server.deleteTopology();
        try (var publisher = RabbitEnds.readyPublisher(server, RabbitEnds.DEFAULTS, registry)) {
            IntStream.range(0, MESSAGES)
                    .mapToObj(i -> publisher.publish(
                            Topology.WAGERS, new Message("m-" + i, null, null, null, null, Map.of(), new byte[100])))
                    .toList()
                    .forEach(CompletableFuture::join);
            BrokerConnector connector = () -> {
                var opened = RabbitEnds.consumingConnector(server).connect();
                connection.set(opened);
                return opened;
            };
            var source = RabbitEnds.source(connector, publisher, null, DataSize.ofMegabytes(10), registry);
            try (source) {
                var subscription = source.subscribe(
                        Topology.WAGER_QUEUE, new BatchSettings(20, Duration.ofMillis(5), 1), batch -> {
                            fail(calls.incrementAndGet());
                            batch.forEach(delivery -> handled.add(
                                    Objects.requireNonNull(delivery.message().messageId())));
                            return Collections.nCopies(batch.size(), Disposition.DONE);
                        });

                await().atMost(PATIENCE).until(() -> handled.size() == MESSAGES);
                await().atMost(PATIENCE)
                        .until(() -> registry.get("wager.consume.bytes").gauge().value() == 0);
                assertThat(subscription.isWorking()).isTrue();
                assertThat(source.depth(Topology.DEAD_LETTER_QUEUE)).isZero();
            }
        }
    }

    @Test
    void whatRanOutOfMemoryNoLongerSaysThatItWorks() {
        server.deleteTopology();
        var uncaught = Thread.getDefaultUncaughtExceptionHandler();
        // The error ends a thread, and is not to end the test's.
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {});
        try (var publisher = RabbitEnds.readyPublisher(server, RabbitEnds.DEFAULTS, registry);
                var source = RabbitEnds.source(
                        RabbitEnds.consumingConnector(server), publisher, null, DataSize.ofMegabytes(10), registry)) {
            var subscription =
                    source.subscribe(Topology.WAGER_QUEUE, new BatchSettings(20, Duration.ofMillis(5), 1), batch -> {
                        throw new OutOfMemoryError("as the test wants it");
                    });
            assertThat(subscription.isWorking()).isTrue();

            publisher
                    .publish(Topology.WAGERS, new Message("m", null, null, null, null, Map.of(), new byte[1]))
                    .join();

            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> !subscription.isWorking());
            subscription.close();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(uncaught);
        }
    }

    private void fail(int call) {
        switch (call) {
            case 1 -> throw new AssertionError("an error, as the test wants it");
            case 2 -> throw new StackOverflowError();
            case 3 -> Thread.currentThread().interrupt();
            case 4 -> Objects.requireNonNull(connection.get()).abort();
            default -> {
                // Well.
            }
        }
    }
}
