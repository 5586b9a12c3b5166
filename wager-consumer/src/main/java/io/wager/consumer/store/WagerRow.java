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
 * @param requeues the requeued dead letters among the messages of this wagerId, of whichever content
 */
public record WagerRow(Wager wager, ContentHash hash, List<ContentHash> otherContents, List<RequeueMark> requeues) {

    /** Copies the lists. */
    public WagerRow {
        otherContents = List.copyOf(otherContents);
        requeues = List.copyOf(requeues);
    }

    /**
     * A wager of which nothing was requeued.
     *
     * @param wager the wager
     * @param hash its content hash
     * @param otherContents the hashes of other contents
     */
    public WagerRow(Wager wager, ContentHash hash, List<ContentHash> otherContents) {
        this(wager, hash, otherContents, List.of());
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
