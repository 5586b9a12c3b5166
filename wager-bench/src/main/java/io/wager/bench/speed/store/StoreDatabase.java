package io.wager.bench.speed.store;

import io.wager.testkit.DatabaseProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A database of its own on a server that others share, with the product's schema. Any number of threads may use one.
 *
 * @param server runs
 * @param name of the database, and of its logs
 * @param logs the folder of the logs
 * @param consumerJar the consumer's executable jar, whose commands migrate and repair
 */
public record StoreDatabase(DatabaseProcess server, String name, Path logs, Path consumerJar) {

    private static final String USER = "sa";
    private static final long COMMAND_MINUTES = 15;

    /** Where it is. Each commit is on disk before it is answered. */
    public String url() {
        return server.url(name);
    }

    /** What tells a service to use it. */
    public Map<String, String> environment() {
        return Map.of(
                "SPRING_DATASOURCE_URL", url(), "SPRING_DATASOURCE_USERNAME", USER, "SPRING_DATASOURCE_PASSWORD", "");
    }

    /** A connection that commits each statement. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, "");
    }

    /** Brings the schema to the newest version. */
    public void migrate() throws IOException, InterruptedException {
        run("migrate", "--wager.schema.migrate-and-exit=true");
    }

    /** Builds all totals from the rows, by the product's own command. */
    public void rebuildTotals() throws IOException, InterruptedException {
        run("repair", "reconcile", "--repair");
    }

    private void run(String what, String... arguments) throws IOException, InterruptedException {
        var log = logs.resolve(name + "-" + what + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                consumerJar.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment());
        var process = builder.start();
        try {
            if (!process.waitFor(COMMAND_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(what + " of the database " + name + " failed, see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
