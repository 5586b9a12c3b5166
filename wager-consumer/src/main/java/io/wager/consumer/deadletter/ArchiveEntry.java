package io.wager.consumer.deadletter;

import io.wager.core.messaging.Disposition;

/** A failure of a batch, and whether it is archived. Used by one thread. */
final class ArchiveEntry {

    private final DeadLetterFailure failure;
    private boolean isDone;

    ArchiveEntry(DeadLetterFailure failure) {
        this.failure = failure;
    }

    DeadLetterFailure failure() {
        return failure;
    }

    boolean isDone() {
        return isDone;
    }

    void done() {
        isDone = true;
    }

    Disposition disposition() {
        return isDone ? Disposition.DONE : new Disposition.Again();
    }
}
