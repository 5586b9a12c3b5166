package io.wager.consumer.store;

import io.wager.core.wager.ContentHash;

/**
 * What is stored for a wagerId after a batch. A message with this content is stored, or a duplicate; one with another content
 * is a conflict.
 *
 * @param inserted whether this batch stored it; false if it was there before
 * @param stored the hash of the content that is stored
 * @param resolvedLetters how many dead letters this batch resolved by it
 */
public record StoreOutcome(boolean inserted, ContentHash stored, int resolvedLetters) {

    /**
     * An outcome that concerns no dead letter.
     *
     * @param inserted whether this batch stored it
     * @param stored the hash of the content that is stored
     */
    public StoreOutcome(boolean inserted, ContentHash stored) {
        this(inserted, stored, 0);
    }
}
