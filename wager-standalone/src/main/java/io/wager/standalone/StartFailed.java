package io.wager.standalone;

/** The standalone can't start, for a reason that a person can mend. The message is one sentence and says how. */
final class StartFailed extends Exception {

    private final int exitCode;

    StartFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
