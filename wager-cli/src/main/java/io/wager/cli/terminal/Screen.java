package io.wager.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints.
 *
 * @param out results
 * @param err progress and errors
 * @param isTerminal whether a person looks at it, so that a line may be drawn over
 */
public record Screen(PrintWriter out, PrintWriter err, boolean isTerminal) {

    private static final String TERMINAL = "wager.terminal";

    /**
     * Where a command of picocli prints.
     *
     * @param spec the command
     * @return its screen
     */
    public static Screen of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the specification before it calls");
        }
        return new Screen(spec.commandLine().getOut(), spec.commandLine().getErr(), detectTerminal());
    }

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
     * Tells whether the process talks to a terminal. Java sees standard input and output only: who starts it says by
     * {@code -Dwager.terminal=false} that standard error goes elsewhere.
     *
     * @return true only if it does for sure
     */
    public static boolean detectTerminal() {
        return !"false".equals(System.getProperty(TERMINAL)) && isTerminal(System.console());
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
