package io.wager.consumer.store;

import io.wager.core.wager.ContentHash;

/**
 * The stored content of a wagerId after a batch. A message with this content is stored, or a duplicate. One with another content is a
 * conflict.
 *
 * @param inserted whether this batch stored it; false if it was there before
 * @param stored the hash of the stored content
 * @param resolvedLetters how many dead letters of this wagerId the batch resolved
 */
public record StoreOutcome(boolean inserted, ContentHash stored, int resolvedLetters) {

    /**
     * An outcome that concerns no dead letter.
     *
     * @param inserted whether this batch stored it
     * @param stored the hash of the stored content
     */
    public StoreOutcome(boolean inserted, ContentHash stored) {
        this(inserted, stored, 0);
    }
}
