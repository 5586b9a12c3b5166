package io.wager.consumer.deadletter;

import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message of a batch, and whether its failure is archived. Read when it is archived, so that one on which reading crashes is found as one
 * that the database refuses is, and costs its neighbours nothing. Used by one thread.
 */
final class ArchiveEntry {

    private final Message message;
    private final DeadLetterReader reader;
    private @Nullable DeadLetterFailure failure;
    private boolean isDone;

    ArchiveEntry(Message message, DeadLetterReader reader) {
        this.message = message;
        this.reader = reader;
    }

    Message message() {
        return message;
    }

    DeadLetterFailure failure() {
        var read = failure;
        if (read == null) {
            read = reader.read(message);
            failure = read;
        }
        return read;
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
