package io.wager.standalone.queue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import io.wager.standalone.liveness.Liveness;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.util.unit.DataSize;

/** Opens embedded queues for tests, with the settings of the product where the test has none of its own. */
final class Queues {

    static final EmbeddedPublishProperties PUBLISHING = new EmbeddedPublishProperties(Duration.ofSeconds(5), 10_000);

    private Queues() {}

    static EmbeddedQueueProperties at(Path file) {
        return at(file, Duration.ofSeconds(30));
    }

    static EmbeddedQueueProperties at(Path file, Duration reopenTimeout) {
        return new EmbeddedQueueProperties(
                file,
                1_000_000,
                DataSize.ofGigabytes(4),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(256),
                500,
                DataSize.ofMegabytes(4),
                Duration.ofMillis(2),
                null,
                reopenTimeout,
                Duration.ofSeconds(30));
    }

    static EmbeddedTransport open(Path file) throws SQLException {
        return open(at(file), new FakeLiveness(), Topology.DELIVERY_LIMIT);
    }

    static EmbeddedTransport open(EmbeddedQueueProperties properties, Liveness liveness, int crashLimit)
            throws SQLException {
        return new EmbeddedTransport(
                properties, PUBLISHING, Clock.systemUTC(), new SimpleMeterRegistry(), liveness, crashLimit);
    }

    static Message message(String id, int bytes) {
        return new Message(id, null, null, null, null, Map.of(), new byte[bytes]);
    }

    static CompletableFuture<Void> publish(EmbeddedTransport transport, String id) {
        return transport.publish(Topology.WAGERS, message(id, 10));
    }

    /** Runs a statement on a queue's file that is open in this process. */
    static void sql(Path file, String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + file, "wager", "");
                var executing = connection.createStatement()) {
            executing.execute(statement);
        }
    }
}
