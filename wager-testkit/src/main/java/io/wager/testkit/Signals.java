package io.wager.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends processes the signals that the JDK has no method for. */
final class Signals {

    private Signals() {}

    /** Stops a process where it is. */
    static void freeze(ProcessHandle process) {
        send(process, "-STOP");
    }

    /** Lets it go on. */
    static void thaw(ProcessHandle process) {
        send(process, "-CONT");
    }

    private static void send(ProcessHandle process, String signal) {
        try {
            var kill = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill " + signal + " failed for process " + process.pid());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending a signal", interrupted);
        }
    }
}
