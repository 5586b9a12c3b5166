package io.wager.core.messaging;

import java.util.List;

/**
 * The names of exchanges, queues and bindings: the single source for every transport and for the definitions that an operator imports.
 * {@link Partitions} has those that exist only if configured.
 */
public final class Topology {

    /** The topic exchange that takes accepted wagers. */
    public static final String WAGER_EXCHANGE = "wagers";

    /** The routing key of a wager. */
    public static final String WAGER_ROUTING_KEY = "casino.wager";

    /** The durable quorum queue of accepted wagers. */
    public static final String WAGER_QUEUE = "wagers.casino";

    /** The topic exchange for messages that could not be stored. */
    public static final String DEAD_LETTER_EXCHANGE = "wagers.dlx";

    /** The durable quorum queue of dead letters. It never expires and never drops. */
    public static final String DEAD_LETTER_QUEUE = "wagers.casino.dead";

    /**
     * How often a wager may come back unacknowledged before the broker itself dead-letters it. It backs up the consumer's own dead letters,
     * for messages that make the consumer crash.
     */
    public static final int DELIVERY_LIMIT = 20;

    /** Where accepted wagers are published. */
    public static final Destination WAGERS = new Destination(WAGER_EXCHANGE, WAGER_ROUTING_KEY);

    /** Where the consumer publishes wagers that it can't store. */
    public static final Destination DEAD_LETTERS = new Destination(DEAD_LETTER_EXCHANGE, WAGER_ROUTING_KEY);

    /** Every binding that always exists. */
    public static final List<Binding> BINDINGS = List.of(
            new Binding(WAGER_EXCHANGE, WAGER_ROUTING_KEY, WAGER_QUEUE),
            new Binding(DEAD_LETTER_EXCHANGE, WAGER_ROUTING_KEY, DEAD_LETTER_QUEUE));

    private Topology() {}

    /**
     * A queue's subscription to an exchange.
     *
     * @param exchange the exchange's name
     * @param routingKey the binding key; none of ours has wildcards
     * @param queue the queue's name
     */
    public record Binding(String exchange, String routingKey, String queue) {

        /**
         * Says whether a message with this destination reaches this queue.
         *
         * @param destination where the message was published to
         * @return true if exchange and routing key match
         */
        public boolean routes(Destination destination) {
            return exchange.equals(destination.exchange()) && routingKey.equals(destination.routingKey());
        }
    }
}
