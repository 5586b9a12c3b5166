package io.wager.consumer.deadletter;

import java.util.List;

/** Keeps dead letters and their failures. Safe for many threads, and for many processes on one database. */
interface DeadLetterArchive {

    /**
     * Archives failures in one transaction. Archiving the same failure again is harmless and changes nothing.
     *
     * @param failures in the order of the queue; at most 1,000
     * @return what became of each, in the same order; returned after the commit
     * @throws io.wager.consumer.store.StoreException if nothing was archived, or if the commit's result is not known
     */
    List<ArchiveOutcome> archive(List<DeadLetterFailure> failures);

    /**
     * Tells whether the database takes dead letters at all: runs the statements of {@link #archive} for a made-up one, in a
     * transaction that is rolled back. Leaves no row behind. Does not try a commit.
     *
     * @throws io.wager.consumer.store.StoreException as {@link #archive} throws it
     */
    void rehearse();
}
