package io.wager.cli.api;

/** The server was away, without any progress, for as long as we were told to wait. The message is for a person. */
public final class GaveUpException extends Exception {

    /**
     * The end of patience.
     *
     * @param message what the last attempts gave
     */
    public GaveUpException(String message) {
        super(message);
    }
}
