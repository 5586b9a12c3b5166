package io.wager.rabbitmq;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** A batch is held for as long as an outage lasts, and the broker must be asked to bear with that. */
final class ConsumerTimeoutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RabbitMqServer server = RabbitMqServer.forFaults();

    @Test
    void everySubscriptionAsksForADayToAcknowledge() {
        var properties = new PublishProperties(Duration.ofSeconds(5), 100, 1);
        try (var publisher = RabbitEnds.readyPublisher(server, properties, new SimpleMeterRegistry());
                var source = RabbitEnds.source(server, publisher)) {
            var subscription = source.subscribe(
                    Topology.WAGER_QUEUE,
                    new BatchSettings(10, Duration.ofMillis(10), 1),
                    batch -> Collections.nCopies(batch.size(), Disposition.DONE));
            await().atMost(PATIENCE)
                    .until(() -> server.rabbitmqctl("list_consumers", "queue_name", "arguments")
                            .contains("x-consumer-timeout"));
            await().atMost(PATIENCE)
                    .until(() -> server.rabbitmqctl("list_consumers", "queue_name", "arguments")
                            .contains("86400000"));
            subscription.close();
        }
    }
}
