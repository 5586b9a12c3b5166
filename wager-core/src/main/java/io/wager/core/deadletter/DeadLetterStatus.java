package io.wager.core.deadletter;

import java.util.Arrays;
import java.util.Optional;

/** The status of a dead letter. */
public enum DeadLetterStatus {
    /** It failed and waits for a person. */
    OPEN("open"),
    /** It was published again, which the transport confirmed, and its outcome is not known yet. */
    REQUEUED("requeued"),
    /** Its wager is stored: by a requeue, or before. */
    RESOLVED("resolved"),
    /** A person gave it up; it can be restored for as long as it is kept. */
    DISCARDED("discarded");

    private final String wireForm;

    DeadLetterStatus(String wireForm) {
        this.wireForm = wireForm;
    }

    /**
     * The status as HTTP answers and the database spell it.
     *
     * @return one lower-case word
     */
    public String wireForm() {
        return wireForm;
    }

    /**
     * Reads a status from its wire form.
     *
     * @param text what was asked for or stored
     * @return the status, or empty if the text names none
     */
    public static Optional<DeadLetterStatus> fromWireForm(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wireForm.equals(text))
                .findFirst();
    }
}
