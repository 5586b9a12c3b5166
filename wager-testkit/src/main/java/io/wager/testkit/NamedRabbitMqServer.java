package io.wager.testkit;

import java.net.URI;
import org.junit.jupiter.api.Assumptions;

/** A server that somebody else runs: it can be used, not broken. */
final class NamedRabbitMqServer extends RabbitMqServer {

    private final URI uri;

    NamedRabbitMqServer(URI uri) {
        this.uri = uri;
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public void start() {
        awaitConnections();
    }

    @Override
    public void kill() {
        Assumptions.abort("The server that " + URI_VARIABLE + " names is not ours to kill");
    }

    @Override
    public void stop() {
        Assumptions.abort("The server that " + URI_VARIABLE + " names is not ours to stop");
    }

    @Override
    public String rabbitmqctl(String... arguments) {
        return Assumptions.abort("The server that " + URI_VARIABLE + " names has no rabbitmqctl for us");
    }

    @Override
    void discard() {
        // Not ours.
    }
}
