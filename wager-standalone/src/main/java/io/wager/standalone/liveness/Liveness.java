package io.wager.standalone.liveness;

/**
 * Told of what a process may not live on with. Safe for use by any thread. Called by threads that hold no lock, since what
 * listens is not ours.
 */
public interface Liveness {

    /** Exit code of a process whose memory is used up; that of the JVM's own {@code ExitOnOutOfMemoryError}. */
    int OUT_OF_MEMORY = 3;

    /** Exit code of a process whose database is closed and does not open again, as sysexits has it. */
    int DATABASE_LOST = 74;

    /**
     * A part is broken, and it is being mended. Calls for a part that is known to be broken change nothing.
     *
     * @param part what is broken, as a person knows it
     * @param cause why
     */
    void broken(String part, Throwable cause);

    /**
     * A part is well again.
     *
     * @param part as {@link #broken} was told
     */
    void mended(String part);

    /**
     * Ends the process at once, without an orderly stop, which might hang on what is broken. Everything accepted is durable.
     * Does not return, except in tests.
     *
     * @param exitCode {@link #OUT_OF_MEMORY} or {@link #DATABASE_LOST}
     * @param message one sentence for whoever started the process
     * @param cause why
     */
    void end(int exitCode, String message, Throwable cause);

    /**
     * Ends the process if this failure says that the JVM itself can't go on.
     *
     * @param failure anything that was thrown
     */
    default void endIfFatal(Throwable failure) {
        if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
            end(OUT_OF_MEMORY, "the JVM can't go on (" + failure + "). Give it more memory, as by -Xmx1g.", failure);
        }
    }
}
