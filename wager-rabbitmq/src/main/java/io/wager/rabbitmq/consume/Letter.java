package io.wager.rabbitmq.consume;

import io.wager.core.messaging.Message;

/** A dead letter on its way, and the message that it is of. For the desk's thread only, but for what never changes. */
final class Letter {

    private final Received message;
    private final Message deadLetter;
    private final Intake intake;
    private int refusals;

    Letter(Received message, Message deadLetter, Intake intake) {
        this.message = message;
        this.deadLetter = deadLetter;
        this.intake = intake;
    }

    Received message() {
        return message;
    }

    Message deadLetter() {
        return deadLetter;
    }

    /** Where the message is to be acknowledged. */
    Intake intake() {
        return intake;
    }

    int refusals() {
        return refusals;
    }

    void refused() {
        refusals++;
    }
}
