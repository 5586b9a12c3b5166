package io.wager.api.repair;

import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.Message;
import io.wager.core.wager.WagerId;
import java.util.UUID;

/** One requeue of one dead letter, from the check that it is possible to its end. */
public final class Requeueing {

    private final Letter letter;
    private final WagerId wagerId;

    Requeueing(Letter letter, WagerId wagerId) {
        this.letter = letter;
        this.wagerId = wagerId;
    }

    /**
     * The dead letter.
     *
     * @return its id
     */
    public UUID deadLetterId() {
        return letter.id();
    }

    /**
     * The dead letter's place.
     *
     * @return its number in the order of archiving
     */
    public long sequence() {
        return letter.sequence();
    }

    /**
     * The number of this requeue of the letter, if the claim succeeds.
     *
     * @return from 1
     */
    public int number() {
        return letter.requeues() + 1;
    }

    Letter letter() {
        return letter;
    }

    Message message() {
        var requeue = new Requeue(letter.id(), number());
        var edited = letter.editedBody();
        return edited == null
                ? requeue.message(letter.message())
                : requeue.edited(letter.message(), wagerId.value(), edited);
    }
}
