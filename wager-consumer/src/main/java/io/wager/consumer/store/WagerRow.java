package io.wager.consumer.store;

import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import java.util.List;

/**
 * All that came for one wagerId in one batch.
 *
 * @param wager what came first, to be stored if the wagerId is new
 * @param hash the content hash of the wager
 * @param otherContents the hashes of other contents that came for the same wagerId after it; they are kept as conflicts
 */
public record WagerRow(Wager wager, ContentHash hash, List<ContentHash> otherContents) {

    /** Copies the list. */
    public WagerRow {
        otherContents = List.copyOf(otherContents);
    }

    /**
     * A wager of which nothing else came in this batch.
     *
     * @param wager the wager
     */
    public static WagerRow of(Wager wager) {
        return new WagerRow(wager, ContentHash.of(wager), List.of());
    }
}
