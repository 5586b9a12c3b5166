package io.wager.consumer.reconcile;

import io.wager.consumer.deadletter.DeadLetterProperties;
import io.wager.consumer.reconcile.accepted.FatesFile;
import io.wager.consumer.reconcile.database.ReconcileDatabase;
import io.wager.consumer.store.StoreProperties;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
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

/** The command {@code reconcile}: needs the database and nothing else. docs/reconcile.md is its guide. */
public final class ReconcileCommand {

    /** The name of the command: the first argument. */
    public static final String NAME = "reconcile";

    private static final int USAGE = 64;

    private static final String HELP = """
            Usage: reconcile [options] [--some.property=value]

            Compares what is stored with itself, while wagers pour in: totals and days with the wagers, dead letters with
            their outcomes; and with what a client believes accepted.

              --accepted FILE|-  wagers that a client believes accepted: JSON objects with a wagerId, or ids, one a line
              --fates FILE       writes what became of each of them, one JSON object a line
              --settle TIME      how long missing ones are looked for again at the end. Default: 10s
              --overdue TIME     after how long a requeued letter, or a conflict without its letter, is lost. Default: 1h
              --repair           rebuilds wrong totals from the wagers, each player in one transaction
              --actor NAME       who the audit says repaired. Default: reconcile
              --report FILE|-    writes the report as JSON
              --help             this

            The database is that of spring.datasource.url, .username and .password, or SPRING_DATASOURCE_URL and so on.

            Exit codes: 0 nothing is wrong (any more), 1 something is, 2 could not be completed, 64 wrong usage.
            """;

    private ReconcileCommand() {}

    /**
     * Runs the command on the database of the configuration, and prints what it saw.
     *
     * @param arguments its options
     * @return the exit code
     */
    public static int run(String... arguments) {
        return run(System.in, System.out, System.err, arguments);
    }

    static int run(InputStream in, PrintStream out, PrintStream err, String... arguments) {
        try {
            var options = ReconcileOptions.parse(arguments);
            if (options.isHelp()) {
                out.print(HELP);
                return 0;
            }
            return run(options, in, out, err);
        } catch (WrongUsage e) {
            err.println("reconcile: " + e.getMessage() + ". See: reconcile --help");
            return USAGE;
        }
    }

    private static int run(ReconcileOptions options, InputStream in, PrintStream out, PrintStream err)
            throws WrongUsage {
        try (var context = start(options)) {
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
        }
    }

    private static ConfigurableApplicationContext start(ReconcileOptions options) throws WrongUsage {
        try {
            return new SpringApplicationBuilder(DatabaseOnly.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    // What goes wrong is told by the command, and standard output is the report's.
                    .properties("logging.threshold.console=OFF")
                    .run(options.properties().toArray(String[]::new));
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
            var progress = new ConsoleProgress(err, isTerminal(System.console()), System::nanoTime);
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

    /** All that is needed of Spring Boot. Not found by the consumer's own scan, which looks for components. */
    @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
    @EnableConfigurationProperties({StoreProperties.class, DeadLetterProperties.class})
    static class DatabaseOnly {}
}
