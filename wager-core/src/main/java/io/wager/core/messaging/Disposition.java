package io.wager.core.messaging;

/** What a handler says is to become of one delivered message. */
public sealed interface Disposition {

    /** Its effect is committed, or it has none: acknowledge it. */
    Disposition DONE = new Done();

    /** Its effect is committed, or it has none. */
    record Done() implements Disposition {}

    /**
     * It can never be handled: the transport publishes it to the dead letters, and acknowledges it once that is durable.
     *
     * @param reason the kind of failure
     * @param failure what happened
     */
    record Dead(DeadLetterReason reason, Failure failure) implements Disposition {}

    /**
     * It was not handled and is to be delivered again, in its turn or later. Uses up one of the attempts that the transport
     * allows, so it is not the answer to an outage.
     */
    record Again() implements Disposition {}
}
