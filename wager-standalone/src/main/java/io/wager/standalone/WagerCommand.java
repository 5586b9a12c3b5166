package io.wager.standalone;

import io.wager.cli.WagerCli;
import io.wager.consumer.reconcile.ReconcileCommand;
import java.util.Arrays;

/**
 * What {@code ./wager} runs. Starts the standalone, or hands over to the client commands, which need neither Spring nor a
 * server of this process.
 */
public final class WagerCommand {

    private static final int USAGE = 64;

    private WagerCommand() {}

    /**
     * Runs a command; the process ends with its exit code, or stays for as long as the standalone runs.
     *
     * @param arguments the command and its options; none starts the standalone
     */
    public static void main(String[] arguments) {
        var command = isStart(arguments) ? "start" : arguments[0];
        switch (command) {
            case "start" -> start(arguments);
            case "demo" -> System.exit(DemoCommand.run(arguments));
            case ReconcileCommand.NAME -> System.exit(FolderReconcile.run(arguments));
            case TrainingRun.NAME -> System.exit(TrainingRun.run());
            default -> System.exit(WagerCli.run(arguments));
        }
    }

    private static void start(String[] arguments) {
        try {
            var options = StartOptions.parse(withoutCommand(arguments, "start"));
            System.out.println(Standalone.start(options).firstScreen());
        } catch (StartFailed e) {
            System.err.println("wager: " + e.getMessage());
            System.exit(e.exitCode());
        }
    }

    static String[] withoutCommand(String[] arguments, String command) {
        return arguments.length > 0 && arguments[0].equals(command)
                ? Arrays.copyOfRange(arguments, 1, arguments.length)
                : arguments;
    }

    /** No command at all, or options without one. */
    private static boolean isStart(String[] arguments) {
        return arguments.length == 0
                || (arguments[0].startsWith("--")
                        && !arguments[0].equals("--help")
                        && !arguments[0].equals("--version"));
    }

    /** The exit code of wrong usage, as sysexits has it. */
    static int usageExitCode() {
        return USAGE;
    }
}
