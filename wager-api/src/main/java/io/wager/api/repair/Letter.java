package io.wager.api.repair;

import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.Message;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as far as acting on it needs it.
 *
 * @param sequence its number in the order of archiving
 * @param id its id
 * @param status where it stands
 * @param requeues number of its last requeue that was begun
 * @param failedRequeue highest requeue that is known to have failed
 * @param edits number of the last edit
 * @param claimedUntil when the claim of a requeue runs out
 * @param jobId the unfinished job that has selected it
 * @param message as it came
 * @param editedBody the body of the last edit
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
record Letter(
        long sequence,
        UUID id,
        DeadLetterStatus status,
        int requeues,
        int failedRequeue,
        int edits,
        @Nullable Instant claimedUntil,
        @Nullable UUID jobId,
        Message message,
        byte @Nullable [] editedBody) {

    /** What a requeue sends. */
    byte[] body() {
        return editedBody == null ? message.body() : editedBody;
    }

    boolean isClaimed(Instant now) {
        return claimedUntil != null && claimedUntil.isAfter(now);
    }

    /**
     * Why the letter can't be requeued whatever its body is, or null.
     *
     * @param job the job that asks; null for a person
     */
    @Nullable
    Refusal refusal(@Nullable UUID job, Instant now) {
        if (status != DeadLetterStatus.OPEN) {
            return Refusal.NOT_OPEN;
        }
        if (isClaimed(now)) {
            return Refusal.BEING_REQUEUED;
        }
        return Objects.equals(jobId, job) ? null : Refusal.IN_ANOTHER_JOB;
    }
}
