package io.wager.bench.speed.store;

import io.wager.testkit.DatabaseProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A database of its own on a server that others share, with the product's schema. Any number of threads may use one.
 *
 * @param server runs
 * @param name of the database, and of its logs
 * @param logs the folder of the logs
 * @param consumerJar the consumer's executable jar, whose one-shot run migrates
 */
public record StoreDatabase(DatabaseProcess server, String name, Path logs, Path consumerJar) {

    private static final String USER = "sa";
    private static final long COMMAND_MINUTES = 2;

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
        var log = logs.resolve(name + "-migrate.log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        consumerJar.toString(),
                        "--wager.schema.migrate-and-exit=true")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment());
        var process = builder.start();
        try {
            if (!process.waitFor(COMMAND_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("the schema of " + name + " was not made, see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
