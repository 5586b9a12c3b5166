package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RabbitTopologyIT {

    private final RabbitMqServer server = RabbitMqServer.forFaults();

    @Test
    void messageThatTheConsumerAlwaysCrashesOnEndsInTheDeadLetterQueue() throws Exception {
        server.deleteTopology();
        try (var connection = server.connectionFactory().newConnection()) {
            try (var channel = connection.createChannel()) {
                RabbitTopology.declare(channel);
                channel.confirmSelect();
                channel.basicPublish(
                        Topology.WAGER_EXCHANGE,
                        Topology.WAGER_ROUTING_KEY,
                        null,
                        "crash".getBytes(StandardCharsets.UTF_8));
                channel.waitForConfirmsOrDie(10_000);
            }

            var dead = new AtomicReference<@Nullable GetResponse>();
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        try (var crashing = connection.createChannel()) {
                            // Never acknowledged: the channel's end brings it back, as a crash would.
                            crashing.basicGet(Topology.WAGER_QUEUE, false);
                            dead.set(crashing.basicGet(Topology.DEAD_LETTER_QUEUE, true));
                        }
                        return dead.get() != null;
                    });

            var letter = Objects.requireNonNull(dead.get());
            assertThat(letter.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("crash");
            assertThat(letter.getProps().getHeaders()).containsKey("x-death");
        }
    }
}
