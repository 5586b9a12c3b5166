package io.wager.core.messaging;

/**
 * A message on its way to a handler.
 *
 * @param message the message
 * @param origin where it was published to
 * @param attempt the how-manieth delivery this is, from 1. Counts what the transport knows of; a transport may not know of
 *     deliveries before its own restart
 */
public record Delivery(Message message, Destination origin, int attempt) {}
