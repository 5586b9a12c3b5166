package io.wager.bench;

import io.wager.bench.faults.FaultsCommand;
import io.wager.bench.scale.ScaleCommand;
import io.wager.bench.speed.SpeedCommand;
import io.wager.cli.WagerCli;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./wager faults}, {@code ./wager bench} and {@code ./wager scale} run. */
@Command(
        name = "wager",
        mixinStandardHelpOptions = true,
        description = "The commands for work on wager itself.",
        subcommands = {FaultsCommand.class, SpeedCommand.class, ScaleCommand.class})
public final class BenchCommand {

    private BenchCommand() {}

    /**
     * Runs a command; the process ends with its exit code.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        System.exit(WagerCli.run(commandLine(), arguments));
    }

    static CommandLine commandLine() {
        return WagerCli.setUp(new CommandLine(new BenchCommand()))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    // Whoever runs it works on it: picocli prints the stack trace, and exits with 1.
                    throw e;
                });
    }
}
