package io.wager.consumer.schema;

/** Ends the process; tests put something harmless in its place. */
@FunctionalInterface
interface ProcessExit {

    /**
     * Closes the application and ends the process.
     *
     * @param code 0 for success
     */
    void with(int code);
}
