package io.wager.consumer.deadletter;

import io.wager.core.deadletter.DeadLetterIdentity;
import io.wager.core.deadletter.Fingerprint;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message from the dead-letter queue, read: which dead letter it is, and what went wrong this time. Every text fits its
 * column.
 *
 * @param message as it came; its texts are not fitted
 * @param identity the dead letter, and which of its failures this is
 * @param requeue the requeue that failed; null if the message was not requeued
 * @param reason why it is dead
 * @param failure what happened
 * @param fingerprint of reason and failure
 * @param wager what of the wager can be read
 * @param searchText the start of the body as text
 * @param firstFailedAt when the message failed for the first time
 * @param failedAt when this failure happened
 */
record DeadLetterFailure(
        Message message,
        DeadLetterIdentity identity,
        @Nullable Requeue requeue,
        DeadLetterReason reason,
        Failure failure,
        Fingerprint fingerprint,
        ReadableWager wager,
        String searchText,
        Instant firstFailedAt,
        Instant failedAt) {

    /** The number of the requeue that failed, 0 if there was none. */
    int requeueNumber() {
        return requeue == null ? 0 : requeue.number();
    }

    /** One to rehearse with: a new letter each time, so that rehearsals at the same time do not meet. */
    static DeadLetterFailure madeUp(Instant now) {
        var id = UUID.randomUUID().toString();
        var message = new Message(id, null, null, null, null, Map.of(), new byte[0]);
        var failure = Failure.of("Rehearsal", "made up");
        return new DeadLetterFailure(
                message,
                DeadLetterIdentity.of(message),
                null,
                DeadLetterReason.INVALID,
                failure,
                Fingerprint.of(DeadLetterReason.INVALID, failure.type(), failure.message()),
                new ReadableWager(null, null, null),
                "",
                now,
                now);
    }
}
