package io.wager.consumer.settlement;

import io.wager.consumer.store.StoreException;
import java.util.List;

/**
 * The transactions of one batch. Used by one thread.
 *
 * @param <T> the items of a batch
 */
public interface BatchTransactions<T> {

    /**
     * Stores items in one transaction and settles them. A repeat is harmless.
     *
     * @param items at least one, in their order
     * @throws StoreException if none was stored, or if the commit's result is not known; any other exception counts as one of the
     *     kind {@link StoreException.Kind#UNKNOWN}
     */
    void store(List<T> items);

    /**
     * Checks by a made-up item whether the database takes such items at all, and leaves nothing behind.
     *
     * @throws StoreException if it does not
     */
    void rehearse();
}
