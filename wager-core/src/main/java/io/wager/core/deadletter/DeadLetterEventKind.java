package io.wager.core.deadletter;

/** What a line of a dead letter's timeline tells. */
public enum DeadLetterEventKind {
    /** The message failed: for the first time, after a requeue, or published once more by a client. */
    FAILED("failed"),
    /** The message was published again and the transport confirmed it. */
    REQUEUED("requeued"),
    /** The message was to be published again and was not, or not known to be. */
    REQUEUE_FAILED("requeue-failed"),
    /** The wager was stored, or was stored already with the same content. */
    RESOLVED("resolved"),
    /** A person wrote another body. */
    EDITED("edited"),
    /** A person decided that nothing is to be done. */
    DISCARDED("discarded"),
    /** A person took the discarding back. */
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
