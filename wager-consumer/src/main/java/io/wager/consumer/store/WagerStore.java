package io.wager.consumer.store;

import java.util.List;

/**
 * Keeps wagers, each once and for ever, with the running totals. Safe for many threads, and for many processes on one database.
 */
public interface WagerStore {

    /**
     * Stores a batch in one transaction: the rows that are new, the totals of their players, and the contents that differ from what is
     * stored. The first content stored for a wagerId wins for ever. A requeued dead letter with the stored content is resolved in the same
     * transaction; one with other content is not.
     *
     * <p>A replay is always harmless: rows that are stored already are reported as such and change nothing. So a caller that gets an
     * exception, even from the commit, sends the same batch again.
     *
     * @param rows distinct wagerIds in ascending order; callers fold and sort
     * @return the stored content for each row, in the same order; returned after the commit
     * @throws StoreException if nothing of the batch was stored, or if the commit's result is not known
     * @throws IllegalArgumentException if the wagerIds are not distinct and ascending
     */
    List<StoreOutcome> store(List<WagerRow> rows);

    /**
     * Checks whether the database takes wagers at all: runs the statements of {@link #store} for a made-up wager, in a transaction that is
     * rolled back. Leaves no row behind. Does not try a commit.
     *
     * @throws StoreException as {@link #store} throws it
     */
    void rehearse();
}
