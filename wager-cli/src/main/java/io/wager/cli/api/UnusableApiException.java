package io.wager.cli.api;

/** The API can't be used, and trying again does not help. The message says what was answered, for a person. */
public final class UnusableApiException extends Exception {

    /**
     * The end of a call.
     *
     * @param message what was answered and where
     */
    public UnusableApiException(String message) {
        super(message);
    }
}
