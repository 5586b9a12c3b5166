package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What tests that kill the broker rely on. */
final class KilledBrokerIT {

    private static final int MESSAGES = 30;

    private final RabbitMqServer server = RabbitMqServer.forFaults();

    /** A broker older than 4.0 loses a queue that is killed within seconds of its declaration: rabbitmq/ra#443. */
    @Test
    void messagesInQueueDeclaredJustBeforeKillAreKept() throws Exception {
        server.deleteTopology();
        try (var publisher = RabbitEnds.readyPublisher(server, RabbitEnds.DEFAULTS, new SimpleMeterRegistry())) {
            for (var i = 0; i < MESSAGES; i++) {
                publisher.publish(Topology.WAGERS, message("before-" + i)).join();
            }

            server.kill();
            server.start();

            await().atMost(Duration.ofSeconds(40)).until(() -> publisher.state() == MessagePublisher.State.READY);
            publisher.publish(Topology.WAGERS, message("after")).join();
        }
        try (var connection = server.connectionFactory().newConnection();
                var channel = connection.createChannel()) {
            assertThat(channel.messageCount(Topology.WAGER_QUEUE)).isEqualTo(MESSAGES + 1);
            channel.queuePurge(Topology.WAGER_QUEUE);
        }
    }

    private static Message message(String id) {
        return new Message(id, null, null, null, null, Map.of(), new byte[10]);
    }
}
