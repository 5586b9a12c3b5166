package io.wager.bench;

import io.wager.bench.faults.FaultsCommand;
import io.wager.bench.scale.ScaleCommand;
import io.wager.bench.speed.SpeedCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./wager faults}, {@code ./wager bench} and {@code ./wager scale} run. */
@Command(
        name = "wager",
        mixinStandardHelpOptions = true,
        description = "Runs that hold wager to its promises.",
        subcommands = {FaultsCommand.class, SpeedCommand.class, ScaleCommand.class})
public final class BenchCommand {

    private BenchCommand() {}

    /**
     * Runs a command; the process ends with its exit code.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }
}
