package io.wager.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@link Topology} in RabbitMQ's terms: durable topic exchanges, and quorum queues that refuse rather than drop. */
public final class RabbitTopology {

    private static final Map<String, Object> WAGER_QUEUE_ARGUMENTS = Map.of(
            "x-queue-type", "quorum",
            "x-delivery-limit", Topology.DELIVERY_LIMIT,
            "x-dead-letter-exchange", Topology.DEAD_LETTER_EXCHANGE,
            "x-dead-letter-strategy", "at-least-once",
            "x-overflow", "reject-publish");

    // From RabbitMQ 4 on, a quorum queue without a delivery limit has one of 20, after which it drops the message where
    // there
    // is no dead-letter exchange. The largest limit takes the place of none, and older versions understand it as well.
    private static final Map<String, Object> DEAD_LETTER_QUEUE_ARGUMENTS =
            Map.of("x-queue-type", "quorum", "x-delivery-limit", Integer.MAX_VALUE, "x-overflow", "reject-publish");

    /** Every queue with its arguments. */
    static final Map<String, Map<String, Object>> QUEUES = Map.of(
            Topology.WAGER_QUEUE, WAGER_QUEUE_ARGUMENTS,
            Topology.DEAD_LETTER_QUEUE, DEAD_LETTER_QUEUE_ARGUMENTS);

    /** Every exchange, all of them durable and of type topic. */
    static final List<String> EXCHANGES = List.of(Topology.WAGER_EXCHANGE, Topology.DEAD_LETTER_EXCHANGE);

    private RabbitTopology() {}

    /**
     * Declares everything. Changes nothing where it is there already.
     *
     * @param channel an open channel; the broker closes it if something is there with other arguments
     * @throws IOException if the broker refuses or is gone
     */
    public static void declare(Channel channel) throws IOException {
        for (var exchange : EXCHANGES) {
            channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true);
        }
        for (var queue : QUEUES.entrySet()) {
            channel.queueDeclare(queue.getKey(), true, false, false, queue.getValue());
        }
        for (var binding : Topology.BINDINGS) {
            channel.queueBind(binding.queue(), binding.exchange(), binding.routingKey());
        }
    }
}
