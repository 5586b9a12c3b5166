package io.wager.core.messaging;

/**
 * A message on its way to a handler.
 *
 * @param message the message
 * @param origin the address it was published to
 * @param attempt number of this delivery, from 1. It counts the deliveries that the transport knows; a transport may not know those before
 *     its own restart
 */
public record Delivery(Message message, Destination origin, int attempt) {}
