package io.wager.bench.scale;

import io.wager.cli.DeveloperCommands;
import io.wager.cli.WagerCli;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wager scale}: how large a site has to be for a rate, and whether a simulation of it keeps up. */
@Command(
        name = "scale",
        header = DeveloperCommands.SCALE,
        description = {
            "Works out how many machines a site needs for each rate from what its parts cost on one core, simulates the"
                    + " site, and prints a table. It starts nothing.",
            "docs/scale.md is its guide."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:simulated", WagerCli.USAGE_MEANS},
        footer = {"  ./wager scale", "  ./wager scale --rates 5000,50000 --cores 32", "  ./wager scale --one-machine 2"
        })
public final class ScaleCommand implements Callable<Integer> {

    private static final long SEED = 1;
    private static final int COSTS = 8;
    private static final Duration TIME = Duration.ofSeconds(10);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,10000,100000,1000000",
            description = "Wagers a second (default: ${DEFAULT-VALUE}).")
    private List<Double> rates = List.of();

    @Option(
            names = "--request-wagers",
            paramLabel = "N",
            defaultValue = "100",
            description = "Wagers in a request (default: ${DEFAULT-VALUE}).")
    private int wagersPerRequest;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "500",
            description = "Of the consumers (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--cores",
            paramLabel = "N",
            defaultValue = "16",
            description = "Of each broker and each database (default: ${DEFAULT-VALUE}).")
    private int cores;

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            defaultValue = "0.6",
            description = "Of the cores to be used (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(
            names = "--costs",
            paramLabel = "N",
            split = ",",
            defaultValue = "173,46,100,25,70,2200,220,2000",
            description = "Microseconds of a core: request, wager, publish, deliver, consume, transaction, row; and the"
                    + " microseconds until a confirm that need none (default: ${DEFAULT-VALUE}, see docs/scale.md).")
    private List<Double> costs = List.of();

    @Option(
            names = "--one-machine",
            paramLabel = "CORES",
            description =
                    "Simulates this many cores that everything shares instead, to be compared with what was measured.")
    private @Nullable Integer oneMachine;

    @Override
    public Integer call() {
        if (spec != null && costs.size() != COSTS) {
            throw new ParameterException(
                    spec.commandLine(), "--costs takes " + COSTS + " numbers and got " + costs.size());
        }
        var unit = new UnitCosts(
                costs.get(0),
                costs.get(1),
                costs.get(2),
                costs.get(3),
                costs.get(4),
                costs.get(5),
                costs.get(6),
                costs.get(7));
        if (oneMachine != null) {
            measuredHere(unit, oneMachine);
            return 0;
        }
        say("%9s %9s %8s %11s %10s %10s %10s %6s %6s %6s %6s %10s %12s"
                .formatted(
                        "wagers/s",
                        "api cores",
                        "brokers",
                        "partitions",
                        "consumers",
                        "con. cores",
                        "databases",
                        "api",
                        "broker",
                        "cons.",
                        "db",
                        "waiting",
                        "queryable p99"));
        for (var rate : rates) {
            var sizing = new Sizing(rate, wagersPerRequest, batchSize, cores, share);
            var site = sizing.site(unit);
            var outcome = Simulation.run(unit, site, sizing.load(), TIME, SEED);
            say(String.format(
                    Locale.ROOT,
                    "%,9.0f %9d %8d %11d %10d %10d %10d %5.0f%% %5.0f%% %5.0f%% %5.0f%% %,10d %9.0f ms",
                    rate,
                    site.apiCores(),
                    site.brokers(),
                    site.partitions(),
                    site.consumers(),
                    site.consumerCores(),
                    site.databases(),
                    100 * outcome.api(),
                    100 * outcome.broker(),
                    100 * outcome.consumer(),
                    100 * outcome.database(),
                    outcome.depthAtEnd(),
                    outcome.queryableP99Millis()));
        }
        return 0;
    }

    /** What {@code ./wager bench} measures, as the simulation has it. */
    private void measuredHere(UnitCosts unit, int shared) {
        for (var consumers : List.of(1, 2, 4)) {
            var drained = Simulation.run(
                    unit,
                    Site.ofOneMachine(shared, consumers, batchSize, Duration.ofMillis(20)),
                    new Load(0, 1, Integer.MAX_VALUE),
                    TIME,
                    SEED);
            say(String.format(Locale.ROOT, "drain, %d consumers: %,.0f rows/s", consumers, drained.storedPerSecond()));
        }
        var open = Simulation.run(
                unit, Site.ofOneMachine(shared, 1, batchSize, Duration.ofMillis(20)), new Load(250, 1, 0), TIME, SEED);
        say(String.format(
                Locale.ROOT,
                "250 requests/s: accept p99 %.1f ms, queryable p99 %.1f ms",
                open.acceptP99Millis(),
                open.queryableP99Millis()));
    }

    private void say(String text) {
        if (spec != null) {
            PrintWriter output = spec.commandLine().getOut();
            output.println(text);
            output.flush();
        }
    }
}
