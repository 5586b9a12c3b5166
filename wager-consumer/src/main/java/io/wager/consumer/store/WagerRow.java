package io.wager.consumer.store;

import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import java.util.List;

/**
 * Everything of one batch about one wagerId.
 *
 * @param wager the first content, stored if the wagerId is new
 * @param hash the content hash of the wager
 * @param otherContents the hashes of later other contents for the same wagerId; they are kept as conflicts
 * @param requeues the requeued dead letters among the messages of this wagerId, with any content
 */
public record WagerRow(Wager wager, ContentHash hash, List<ContentHash> otherContents, List<RequeueMark> requeues) {

    /** Copies the lists. */
    public WagerRow {
        otherContents = List.copyOf(otherContents);
        requeues = List.copyOf(requeues);
    }

    /**
     * A wager without requeued dead letters.
     *
     * @param wager the wager
     * @param hash its content hash
     * @param otherContents the hashes of other contents
     */
    public WagerRow(Wager wager, ContentHash hash, List<ContentHash> otherContents) {
        this(wager, hash, otherContents, List.of());
    }

    /**
     * A wager with one content and no requeued dead letter.
     *
     * @param wager the wager
     */
    public static WagerRow of(Wager wager) {
        return new WagerRow(wager, ContentHash.of(wager), List.of());
    }
}
