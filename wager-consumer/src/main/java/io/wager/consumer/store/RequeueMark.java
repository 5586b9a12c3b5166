package io.wager.consumer.store;

import io.wager.core.deadletter.Requeue;
import io.wager.core.wager.ContentHash;

/**
 * A requeued dead letter that came with a wager. It is resolved once this content is stored.
 *
 * @param requeue the dead letter, and the number of its requeue
 * @param content the content hash of the wager in the requeued message
 */
public record RequeueMark(Requeue requeue, ContentHash content) {}
