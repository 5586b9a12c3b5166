package io.wager.consumer.store;

import java.util.List;

/**
 * Keeps wagers, each once and for ever, with the running totals that follow from them. Safe for many threads, and for many
 * processes on one database.
 */
public interface WagerStore {

    /**
     * Stores a batch in one transaction: the rows that are new, the totals of their players, and the contents that differ
     * from what is stored. The first content that was stored for a wagerId wins for ever. A requeued dead letter whose
     * content is what is stored is resolved in the same transaction; one with other content is not.
     *
     * <p>Replaying is always harmless: what is stored already is reported as such and changes nothing. So a caller that got
     * an exception, from the commit too, sends the same batch again.
     *
     * @param rows distinct wagerIds in ascending order; callers fold and sort
     * @return what is stored now for each row, in the same order; returned after the commit
     * @throws StoreException if nothing of the batch was stored, or if the commit's result is not known
     * @throws IllegalArgumentException if the wagerIds are not distinct and ascending
     */
    List<StoreOutcome> store(List<WagerRow> rows);

    /**
     * Tells whether the database takes wagers at all: runs the statements of {@link #store} for a made-up wager, in a transaction
     * that is rolled back. Leaves no row behind. Does not try a commit.
     *
     * @throws StoreException as {@link #store} throws it
     */
    void rehearse();
}
