package io.wager.bench.speed.start;

import io.wager.bench.speed.Comparison;
import io.wager.bench.speed.Comparison.Aim;
import io.wager.bench.speed.Experiment;
import io.wager.bench.speed.Measurements;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * From the start of a process until {@code /readyz} answers 200, on a broker that runs and a schema that is there: with the
 * start archive that the images and {@code ./wager} have, and without it.
 */
public final class StartExperiment implements Experiment {

    private static final int DATABASE_MEGABYTES = 256;
    private static final Aim SERVICE = Aim.atMost(5_000);
    private static final Aim STANDALONE = Aim.atMost(6_000);

    private final Path folder;
    private final Path jars;
    private final List<StartedJar> services = new ArrayList<>();
    private @Nullable DatabaseProcess database;

    /**
     * Starts nothing yet.
     *
     * @param folder of logs, data and the extracted jars
     * @param jars the folder of the modules with their built jars, and of {@code deploy/train}
     */
    public StartExperiment(Path folder, Path jars) {
        this.folder = folder.toAbsolutePath().resolve("start");
        this.jars = jars.toAbsolutePath();
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        for (var service : List.of("wager-api", "wager-consumer", "wager-standalone")) {
            var aim = service.equals("wager-standalone") ? STANDALONE : SERVICE;
            comparisons.add(new Comparison(measured(service, true), null, aim, "ms"));
            comparisons.add(new Comparison(measured(service, true), measured(service, false), Aim.atMost(1), "ms"));
        }
        return comparisons;
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var broker = RabbitMqServer.forSpeed();
        broker.deleteTopology();
        database = new DatabaseProcess(folder.resolve("database"), folder, DATABASE_MEGABYTES, List.of(Server.class));
        database.start();
        var arguments = List.of("--wager.schema.migrate=true", "--spring.datasource.url=" + database.url());
        var environment = Map.of(
                "SPRING_RABBITMQ_ADDRESSES", broker.uri().toString(),
                "SPRING_DATASOURCE_USERNAME", "sa",
                "SPRING_DATASOURCE_PASSWORD", "");
        // The consumer first: it migrates the schema that the API waits for.
        for (var name : List.of("wager-consumer", "wager-api")) {
            add(
                    name,
                    name + "-exec.jar",
                    arguments,
                    environment,
                    List.of(
                            "-Dspring.context.exit=onRefresh",
                            "-jar",
                            "{jar}",
                            "--spring.datasource.url=jdbc:h2:mem:training",
                            "--wager.security.mode=none",
                            "--server.address=127.0.0.1"));
        }
        add(
                "wager-standalone",
                "wager-standalone.jar",
                List.of("--port", "{port}", "--data", folder.resolve("data").toString()),
                Map.of(),
                List.of("-jar", "{jar}", "train"));
    }

    private void add(
            String name, String file, List<String> arguments, Map<String, String> environment, List<String> trainingRun)
            throws IOException, InterruptedException {
        var service = new StartedJar(name, folder, folder.resolve(name).resolve(file), arguments, environment);
        service.prepare(
                jars.resolve(name).resolve("target").resolve(file),
                jars.resolve("deploy").resolve("train"),
                trainingRun);
        // The first start migrates, and its files are not yet in memory.
        service.millisToReady(true);
        services.add(service);
    }

    @Override
    public void measure(int round, Measurements measurements) {
        for (var service : services) {
            var isArchiveFirst = round % 2 == 0;
            for (var isWithArchive : List.of(isArchiveFirst, !isArchiveFirst)) {
                measurements.add(measured(service.name(), isWithArchive), service.millisToReady(isWithArchive));
            }
        }
    }

    private static String measured(String service, boolean isWithArchive) {
        return "start of " + service + (isWithArchive ? "" : " without archive");
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
