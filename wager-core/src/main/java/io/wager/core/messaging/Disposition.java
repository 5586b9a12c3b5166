package io.wager.core.messaging;

/** A handler's decision about one delivered message. */
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
     * It was not handled and must be delivered again, in its turn or later. This uses up one of the attempts that the transport allows, so
     * it is not for outages.
     */
    record Again() implements Disposition {}
}
