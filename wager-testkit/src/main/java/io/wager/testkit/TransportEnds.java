package io.wager.testkit;

import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;

/**
 * Both ends of one running transport, as a contract suite uses them.
 *
 * @param publisher where messages go in
 * @param source where they come out
 * @param stop releases both ends and what they stand on, keeping what is durable
 */
public record TransportEnds(MessagePublisher publisher, MessageSource source, Runnable stop) {}
