package io.wager.api.requeuejob;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item that is under way, or may be.
 *
 * @param letterStatus where its letter stands; null if it is no longer kept
 * @param resolutions how many resolutions its timeline has, by this requeue or a later one
 */
record UnderWay(
        long sequence,
        Outcome outcome,
        int requeueNumber,
        @Nullable String letterStatus,
        int failedRequeue,
        int resolutions,
        @Nullable Instant claimedUntil) {

    /**
     * What has become of it by what its letter says; null if nothing new.
     *
     * <p>Only what is settled is deleted, and what a job has can't be discarded: a letter that is gone was resolved.
     */
    @Nullable
    Outcome next() {
        if (letterStatus == null || letterStatus.equals("resolved") || resolutions > 0) {
            return Outcome.RESOLVED;
        }
        if (failedRequeue >= requeueNumber) {
            return Outcome.FAILED;
        }
        if (outcome == Outcome.REQUEUED && letterStatus.equals("open")) {
            // Taken back by a person.
            return Outcome.FAILED;
        }
        return outcome == Outcome.PENDING && letterStatus.equals("requeued") ? Outcome.REQUEUED : null;
    }

    /** Whether nobody holds the letter any more: what became of its message is not known, and it may be sent again. */
    boolean isLost(Instant now) {
        return outcome == Outcome.PENDING && next() == null && (claimedUntil == null || !claimedUntil.isAfter(now));
    }
}
