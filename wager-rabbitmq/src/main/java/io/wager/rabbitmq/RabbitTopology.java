package io.wager.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.wager.core.messaging.Partitions;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.util.HashMap;
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

    // The broker's own dead letters keep the key of the partition, to which no queue of dead letters is bound.
    static final Map<String, Object> PARTITION_QUEUE_ARGUMENTS = with(
            WAGER_QUEUE_ARGUMENTS,
            Map.of("x-single-active-consumer", true, "x-dead-letter-routing-key", Topology.WAGER_ROUTING_KEY));

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
     * Declares everything, without partitions. Changes nothing that exists already.
     *
     * @param channel an open channel; the broker closes it if a queue or exchange exists with other arguments
     * @throws IOException if the broker refuses or is gone
     */
    public static void declare(Channel channel) throws IOException {
        declare(channel, 0);
    }

    /**
     * Declares everything. Changes nothing that exists already, and keeps partitions beyond the number.
     *
     * @param channel an open channel; the broker closes it if a queue or exchange exists with other arguments
     * @param partitions how many partitions there are, 0 to {@value Partitions#MOST}
     * @throws IOException if the broker refuses or is gone
     */
    public static void declare(Channel channel, int partitions) throws IOException {
        for (var exchange : EXCHANGES) {
            channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true);
        }
        for (var queue : QUEUES.entrySet()) {
            channel.queueDeclare(queue.getKey(), true, false, false, queue.getValue());
        }
        for (var binding : Topology.BINDINGS) {
            channel.queueBind(binding.queue(), binding.exchange(), binding.routingKey());
        }
        for (var partition : Partitions.bindings(partitions)) {
            channel.queueDeclare(partition.queue(), true, false, false, PARTITION_QUEUE_ARGUMENTS);
            channel.queueBind(partition.queue(), partition.exchange(), partition.routingKey());
        }
    }

    private static Map<String, Object> with(Map<String, Object> arguments, Map<String, Object> more) {
        var all = new HashMap<>(arguments);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
