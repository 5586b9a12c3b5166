package io.wager.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints.
 *
 * @param out results
 * @param err progress and errors
 * @param isTerminal whether a person looks at it, so that a line may be drawn over
 */
public record Screen(PrintWriter out, PrintWriter err, boolean isTerminal) {

    /**
     * Prints an error.
     *
     * @param message what is wrong
     */
    public void error(String message) {
        err.println("wager: " + message);
        err.flush();
    }

    /**
     * Tells whether the process talks to a terminal.
     *
     * @return true only if it does for sure
     */
    public static boolean detectTerminal() {
        return isTerminal(System.console());
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells; we compile for 21. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
