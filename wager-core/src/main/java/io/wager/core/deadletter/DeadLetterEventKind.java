package io.wager.core.deadletter;

/** The kind of a line in a dead letter's timeline. */
public enum DeadLetterEventKind {
    /** The message failed: for the first time, after a requeue, or published once more by a client. */
    FAILED("failed"),
    /** The message was published again and the transport confirmed it. */
    REQUEUED("requeued"),
    /** A requeue of the message failed, or its result is not known. */
    REQUEUE_FAILED("requeue-failed"),
    /** The wager was stored, or was stored already with the same content. */
    RESOLVED("resolved"),
    /** A person wrote another body. */
    EDITED("edited"),
    /** A person discarded the letter. */
    DISCARDED("discarded"),
    /** A person restored the letter. */
    RESTORED("restored");

    private final String wireForm;

    DeadLetterEventKind(String wireForm) {
        this.wireForm = wireForm;
    }

    /**
     * The kind as HTTP answers and the database spell it.
     *
     * @return lower-case words joined by hyphens
     */
    public String wireForm() {
        return wireForm;
    }
}
