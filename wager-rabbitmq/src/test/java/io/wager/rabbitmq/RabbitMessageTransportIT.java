package io.wager.rabbitmq;

import io.wager.testkit.MessageTransportContract;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.TransportEnds;

/** The transport's contract on a real broker, killed and started again where the contract asks for a restart. */
final class RabbitMessageTransportIT extends MessageTransportContract {

    private final RabbitMqServer server = RabbitMqServer.forFaults();

    @Override
    protected TransportEnds openEmpty() {
        server.deleteTopology();
        return RabbitEnds.open(server);
    }

    @Override
    protected TransportEnds restart(TransportEnds running) {
        server.kill();
        running.stop().run();
        server.start();
        return RabbitEnds.open(server);
    }
}
