package io.wager.standalone.queue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.testkit.MessageTransportContract;
import io.wager.testkit.TransportEnds;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The embedded queue keeps the promises of every transport. A restart takes the database away without a shutdown. */
class EmbeddedMessageTransportIT extends MessageTransportContract {

    @TempDir
    private Path folder;

    @Override
    protected TransportEnds openEmpty() throws Exception {
        return open();
    }

    @Override
    protected TransportEnds restart(TransportEnds running) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("queue"), "wager", "");
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
        running.stop().run();
        return open();
    }

    private TransportEnds open() throws Exception {
        var transport = new EmbeddedTransport(
                new EmbeddedQueueProperties(
                        folder.resolve("queue"),
                        1_000_000,
                        DataSize.ofGigabytes(4),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(256),
                        500,
                        Duration.ofMillis(2),
                        Duration.ofSeconds(30)),
                new EmbeddedPublishProperties(Duration.ofSeconds(5), 10_000),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        return new TransportEnds(transport, transport, transport::close);
    }
}
