package io.wager.core.messaging;

import java.util.Arrays;
import java.util.Optional;

/** Why a message was given up. The header {@value MessageHeaders#DEAD_LETTER_REASON} has the wire form. */
public enum DeadLetterReason {
    /** The body is not JSON, or not an object. */
    UNDECODABLE("undecodable"),
    /** The body is JSON but breaks a rule of the wager. */
    INVALID("invalid"),
    /** The wagerId is stored already, with other content. */
    CONFLICT("conflict"),
    /** The header {@value MessageHeaders#SCHEMA_VERSION} is missing or names a version that this consumer does not know. */
    UNSUPPORTED_VERSION("unsupported-version"),
    /** The database refuses this one wager for its data. */
    REJECTED_BY_DATABASE("rejected-by-database"),
    /** Storing it failed again and again for a reason that is neither the data's nor an outage. */
    RETRIES_EXHAUSTED("retries-exhausted"),
    /** The broker gave up: the message was delivered too often without being acknowledged. */
    DELIVERY_LIMIT("delivery-limit");

    private final String wireForm;

    DeadLetterReason(String wireForm) {
        this.wireForm = wireForm;
    }

    /**
     * The reason as messages and HTTP answers spell it.
     *
     * @return lower-case words joined by hyphens
     */
    public String wireForm() {
        return wireForm;
    }

    /**
     * Reads a reason from its wire form.
     *
     * @param text a header's value
     * @return the reason, or empty if the text names none
     */
    public static Optional<DeadLetterReason> fromWireForm(String text) {
        return Arrays.stream(values())
                .filter(reason -> reason.wireForm.equals(text))
                .findFirst();
    }
}
