package io.wager.consumer.reconcile;

import io.wager.consumer.deadletter.DeadLetterProperties;
import io.wager.consumer.reconcile.accepted.FatesFile;
import io.wager.consumer.reconcile.database.ReconcileDatabase;
import io.wager.consumer.store.StoreProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code reconcile}: needs the database and nothing else. docs/reconcile.md is its guide. */
@Command(
        name = ReconcileCommand.NAME,
        header = "Checks the stored totals, dead letters and a client's list of accepted wagers.",
        description = {
            ReconcileCommand.DESCRIPTION,
            "It can run while wagers arrive.",
            "The database is that of spring.datasource.url, .username and .password, given as --its.name=VALUE or in the"
                    + " environment as SPRING_DATASOURCE_URL and so on."
        },
        mixinStandardHelpOptions = true,
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        sortOptions = false,
        usageHelpWidth = 100,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ReconcileCommand.CONSISTENT_MEANS,
            ReconcileCommand.FINDINGS_MEANS,
            ReconcileCommand.INCOMPLETE_MEANS,
            "64:wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar wager-consumer-exec.jar reconcile --report report.json",
            "  java -jar wager-consumer-exec.jar reconcile --accepted accepted.ndjson --fates fates.ndjson",
            "  java -jar wager-consumer-exec.jar reconcile --repair --actor Zoe"
        })
public class ReconcileCommand implements Callable<Integer> {

    /** The name of the command: the first argument. */
    public static final String NAME = "reconcile";

    /** The description of the command. */
    public static final String DESCRIPTION =
            "Compares the totals of every player and day with the wagers, dead letters with their outcomes and, if given a"
                    + " list, what a client believes accepted with what is stored. It changes nothing without --repair.";

    /** Exit code 0. */
    public static final String CONSISTENT_MEANS = "0:no findings, or all are repaired";

    /** Exit code 1. */
    public static final String FINDINGS_MEANS = "1:findings";

    /** Exit code 2. */
    public static final String INCOMPLETE_MEANS = "2:it could not be completed";

    private static final int USAGE = 64;
    private static final Pattern PROPERTY = Pattern.compile("--[^=]*\\.[^=]*=.*", Pattern.DOTALL);
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ReconcileOptions options;

    /** Spring Boot's command line properties, such as {@code --spring.datasource.url=…}. */
    @Unmatched
    private final List<String> properties = new ArrayList<>();

    private ReconcileCommand(Duration settle, InputStream in, PrintStream out, PrintStream err) {
        this.options = new ReconcileOptions(settle);
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * A command on the streams of the process.
     *
     * @param settle the default of {@code --settle}
     */
    protected ReconcileCommand(Duration settle) {
        this(settle, System.in, System.out, System.err);
    }

    /**
     * Runs the command on the configured database, and prints the result.
     *
     * @param arguments its options
     * @return the exit code
     */
    public static int run(String... arguments) {
        return run(System.in, System.out, System.err, arguments);
    }

    static int run(InputStream in, PrintStream out, PrintStream err, String... arguments) {
        var line = new CommandLine(new ReconcileCommand(SETTLE, in, out, err))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, given) -> {
                    err.println("reconcile: " + e.getMessage() + ". See: reconcile --help");
                    return USAGE;
                });
        line.getCommandSpec().exitCodeOnExecutionException(ReconcileReport.INCOMPLETE);
        return line.execute(arguments);
    }

    @Override
    public Integer call() {
        return run(List.of());
    }

    /** Ends the command as wrong usage if its options do not go together. */
    protected final void checkOptions() {
        var unknown = properties.stream()
                .filter(argument -> !PROPERTY.matcher(argument).matches())
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnmatchedArgumentException(spec().commandLine(), unknown);
        }
        options.check(spec());
    }

    /**
     * Runs with the options of the command line.
     *
     * @param more Spring Boot's command line properties besides those that were given
     * @return the exit code
     */
    protected final int run(List<String> more) {
        checkOptions();
        try (var context = start(more)) {
            var environment = context.getEnvironment();
            if (!environment.containsProperty("spring.datasource.url")
                    && !environment.containsProperty("spring.datasource.jndi-name")) {
                throw new WrongUsage("the database is not named: set SPRING_DATASOURCE_URL");
            }
            var store = context.getBean(StoreProperties.class);
            var letters = context.getBean(DeadLetterProperties.class);
            var kept = letters.resolvedRetention().compareTo(letters.discardedRetention()) < 0
                    ? letters.resolvedRetention()
                    : letters.discardedRetention();
            return run(options, context.getBean(DataSource.class), store.lockTimeout(), kept, in, out, err);
        } catch (WrongUsage e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The stream for errors.
     *
     * @return the command line's
     */
    protected final PrintWriter err() {
        return spec().commandLine().getErr();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the specification before it calls");
        }
        return spec;
    }

    private ConfigurableApplicationContext start(List<String> more) throws WrongUsage {
        try {
            return new SpringApplicationBuilder(DatabaseOnly.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    // What goes wrong is told by the command, and standard output is the report's.
                    .properties("logging.threshold.console=OFF")
                    .run(Stream.concat(properties.stream(), more.stream()).toArray(String[]::new));
        } catch (RuntimeException e) {
            throw new WrongUsage("the configuration can't be used: " + Reconciliation.rootMessage(e));
        }
    }

    /** Runs on a database. */
    static int run(
            ReconcileOptions options,
            DataSource dataSource,
            Duration lockTimeout,
            Duration lettersKept,
            InputStream in,
            PrintStream out,
            PrintStream err)
            throws WrongUsage {
        try (var files = ReconcileFiles.open(options, in, out)) {
            ReconcileDatabase database;
            try {
                database = ReconcileDatabase.open(dataSource, lockTimeout);
            } catch (DataAccessException | IllegalStateException e) {
                var problem = Reconciliation.describe(e);
                err.println("reconcile: could not begin: " + problem);
                if (files.report() != null) {
                    ReportWriter.writeNotBegun(problem, files.report());
                }
                return ReconcileReport.INCOMPLETE;
            }
            var progress = new ConsoleProgress(err, ConsoleProgress.isTerminal(System.console()), System::nanoTime);
            var fates = files.fates() == null ? null : new FatesFile(files.fates());
            var report = new Reconciliation(database, options, lettersKept, progress)
                    .run(files.accepted(), files.acceptedBytes(), fates);
            progress.erase();
            (ReconcileFiles.isStandard(options.report()) ? err : out).print(Summary.of(report));
            if (files.report() != null) {
                ReportWriter.write(report, files.report());
            }
            return report.exitCode();
        } catch (IOException e) {
            err.println("reconcile: can't write: " + e.getMessage());
            return ReconcileReport.INCOMPLETE;
        }
    }

    /** The necessary parts of Spring Boot. The consumer's own scan, which looks for components, does not find it. */
    @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
    @EnableConfigurationProperties({StoreProperties.class, DeadLetterProperties.class})
    static class DatabaseOnly {}
}
