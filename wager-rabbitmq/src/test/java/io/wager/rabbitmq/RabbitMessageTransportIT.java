package io.wager.rabbitmq;

import io.wager.testkit.MessageTransportContract;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.TransportEnds;

/** The transport's contract on a real broker, stopped and started again where the contract asks for a restart. */
final class RabbitMessageTransportIT extends MessageTransportContract {

    private final RabbitMqServer server = RabbitMqServer.forFaults();

    @Override
    protected TransportEnds openEmpty() {
        server.deleteTopology();
        return RabbitEnds.open(server);
    }

    @Override
    protected TransportEnds restart(TransportEnds running) {
        // In order, not by kill: RabbitMQ 3.10 was seen to come back with a queue that no consumer can attach to, when
        // it is
        // killed right after a queue was deleted and declared again, which only tests do. RabbitMessagePublisherFaultIT
        // kills.
        server.stop();
        running.stop().run();
        server.start();
        return RabbitEnds.open(server);
    }
}
