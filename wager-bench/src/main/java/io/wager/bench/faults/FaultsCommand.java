package io.wager.bench.faults;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wager.bench.rig.Rig;
import io.wager.cli.DeveloperCommands;
import io.wager.cli.WagerCli;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code wager faults}: a run of the real services under faults, and its verdict. */
@Command(
        name = "faults",
        header = DeveloperCommands.FAULTS,
        description = {
            "Starts the services, RabbitMQ and a database as processes, posts wagers, injects faults, and compares every"
                    + " wager that was accepted with what is stored.",
            "It needs rabbitmq-server on the machine, or Docker. docs/fault-runs.md is its guide."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:no wager was lost, and none counts twice",
            "1:a wager was lost or counts twice, or the run did not come to its end",
            WagerCli.USAGE_MEANS
        },
        footer = {
            "  ./wager faults --minutes 30",
            "  ./wager faults --minutes 10 --seed 42",
            "  ./wager faults --minutes 3 --only large-bodies,slow-bodies"
        })
public final class FaultsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long faults go on (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Repeats a run: its stream and its faults (default: any).")
    private @Nullable Long seed;

    @Option(
            names = "--wagers",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many wagers are posted in this time (default: 600 a second).")
    private int wagers;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "FAULT",
            converter = FaultConverter.class,
            description = "Only these kinds of faults (default: all): ${COMPLETION-CANDIDATES}.",
            completionCandidates = FaultLabels.class)
    private @Nullable List<Fault> only;

    @Option(names = "--api-jar", required = true, hidden = true, description = "The API's executable jar.")
    private @Nullable Path apiJar;

    @Option(names = "--consumer-jar", required = true, hidden = true, description = "The consumer's executable jar.")
    private @Nullable Path consumerJar;

    @Option(
            names = "--apis",
            paramLabel = "N",
            defaultValue = "2",
            description = "Instances of the API (default: ${DEFAULT-VALUE}).")
    private int apis;

    @Option(
            names = "--consumers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Instances of the consumer (default: ${DEFAULT-VALUE}).")
    private int consumers;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "fault-runs",
            description = "The folder of logs, database and report (default: ${DEFAULT-VALUE}).")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        var chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        var time = Duration.ofMinutes(minutes);
        var faults = only == null ? EnumSet.allOf(Fault.class) : EnumSet.copyOf(only);
        var plan = FaultPlan.lasting(chosen, time, wagers == 0 ? (int) (600 * time.toSeconds()) : wagers, faults);
        var folder = Files.createTempDirectory(Files.createDirectories(given(out)), "seed-" + chosen + "-");
        try (var rig = new Rig(folder, given(apiJar), given(consumerJar), apis, consumers)) {
            var verdict = new FaultRun(plan, rig).run();
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(
                            SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValue(folder.resolve("verdict.json").toFile(), verdict);
            say(verdict.text());
            say("report, logs and database: " + folder);
            return verdict.isGood() ? 0 : 1;
        }
    }

    /** Reads a fault by its label. */
    static final class FaultConverter implements ITypeConverter<Fault> {
        @Override
        public Fault convert(String label) {
            return Arrays.stream(Fault.values())
                    .filter(fault -> fault.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + label + "' is no fault"));
        }
    }

    /** The labels of all faults. */
    static final class FaultLabels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Fault.values()).map(Fault::label).iterator();
        }
    }

    private void say(String text) {
        PrintWriter output = given(spec).commandLine().getOut();
        output.println(text);
        output.flush();
    }

    private static <T> T given(@Nullable T option) {
        if (option == null) {
            throw new IllegalStateException("an option is required, and was not looked for");
        }
        return option;
    }
}
