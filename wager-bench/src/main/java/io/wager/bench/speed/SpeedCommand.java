package io.wager.bench.speed;

import io.wager.cli.DeveloperCommands;
import io.wager.cli.WagerCli;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wager bench}: measures the product and its limits in turn, and prints a table of ratios. */
@Command(
        name = "bench",
        header = DeveloperCommands.BENCH,
        description = {
            "Measures wager, and what this machine, its broker and its database can do at most, in turn and in the same"
                    + " run. It prints a table of ratios and draws plots.",
            "It needs rabbitmq-server on the machine, or Docker. docs/benchmark.md is its guide."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:measured, whatever the result", "1:something could not be measured", WagerCli.USAGE_MEANS},
        footer = {
            "  ./wager bench",
            "  ./wager bench --only drain,reads --rounds 1",
            "  ./wager bench --only growth --rounds 1 --seconds 5"
        })
public final class SpeedCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each is measured; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long a load lasts, after its warm-up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Experiments by name (default: all but growth).")
    private Set<String> only = new TreeSet<>();

    @Option(
            names = "--reads-stored",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many wagers are stored for reads, from 100000 (default: ${DEFAULT-VALUE}).")
    private int readsStored;

    @Option(
            names = "--growth-stored",
            paramLabel = "N",
            split = ",",
            defaultValue = "0,1000000,5000000",
            description = "How many wagers are stored where growth measures, ascending (default: ${DEFAULT-VALUE}).")
    private List<Integer> growthStored = List.of();

    @Option(
            names = "--jars",
            required = true,
            hidden = true,
            description = "The folder that has the modules with their built jars.")
    private @Nullable Path jars;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "bench-runs",
            description = "The folder of report, plots and logs (default: ${DEFAULT-VALUE}).")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        if (spec == null || out == null || jars == null) {
            throw new IllegalStateException("picocli sets these before it calls");
        }
        var stored = new Bench.StoredSizes(readsStored, growthStored);
        var names = new Bench(out, jars, seconds, stored).names();
        if (!names.containsAll(only)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--only " + String.join(",", only) + ": the experiments are " + String.join(", ", names));
        }
        var folder = Files.createTempDirectory(Files.createDirectories(out), "run-");
        var bench = new Bench(folder, jars, seconds, stored);
        var report = bench.run(only, rounds, this::say);
        report.write(folder);
        say(report.text());
        say("report and plots: " + folder);
        return 0;
    }

    private void say(String text) {
        if (spec != null) {
            PrintWriter output = spec.commandLine().getOut();
            output.println(text);
            output.flush();
        }
    }
}
