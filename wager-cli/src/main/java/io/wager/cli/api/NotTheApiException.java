package io.wager.cli.api;

/** What answers is not the wager API, or does not let us in: trying again is of no use. The message is for a person. */
public final class NotTheApiException extends Exception {

    /**
     * An answer that makes no sense.
     *
     * @param message what was answered and where
     */
    public NotTheApiException(String message) {
        super(message);
    }
}
