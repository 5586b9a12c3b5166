package io.wager.consumer.store;

import io.wager.core.wager.ContentHash;

/**
 * What is stored for a wagerId after a batch. A message with this content is stored, or a duplicate; one with another content
 * is a conflict.
 *
 * @param inserted whether this batch stored it; false if it was there before
 * @param stored the hash of the content that is stored
 */
public record StoreOutcome(boolean inserted, ContentHash stored) {}
