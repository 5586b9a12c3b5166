package io.wager.standalone.queue;

import io.wager.testkit.MessageTransportContract;
import io.wager.testkit.TransportEnds;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.io.TempDir;

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
        var transport = Queues.open(folder.resolve("queue"));
        return new TransportEnds(transport, transport, transport::close);
    }
}
