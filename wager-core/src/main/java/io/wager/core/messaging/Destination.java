package io.wager.core.messaging;

/**
 * The address that a message is published to.
 *
 * @param exchange the exchange's name
 * @param routingKey the routing key, by which the exchange finds the queues
 */
public record Destination(String exchange, String routingKey) {}
