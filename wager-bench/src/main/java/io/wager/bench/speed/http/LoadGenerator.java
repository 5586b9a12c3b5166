package io.wager.bench.speed.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs loads, each by a Gatling of its own. Used by one thread. */
final class LoadGenerator {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> OPTIONS = List.of(
            "-Xmx1g",
            // Netty's, on new JDKs.
            "--enable-native-access=ALL-UNNAMED",
            // Nothing about a run goes anywhere else, and no log of each request is written.
            // A load is over before the best compiler has paid off, and it would take the processors from what is
            // measured.
            "-XX:TieredStopAtLevel=1",
            "-Dgatling.data.enableAnalytics=false",
            "-Dgatling.data.writers.0=console",
            "-Dgatling.data.console.light=true");

    private final Path folder;

    /**
     * A generator.
     *
     * @param folder for each load's description, result and log
     */
    LoadGenerator(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs a load to its end.
     *
     * @param name of its files
     */
    LoadResult run(String name, Load load) throws IOException, InterruptedException {
        var description = folder.resolve(name + "-load.json").toAbsolutePath();
        var result = folder.resolve(name + "-result.json").toAbsolutePath();
        JSON.writeValue(description.toFile(), load);
        var options = new ArrayList<>(OPTIONS);
        options.add("-D" + LoadSimulation.LOAD + "=" + description);
        options.add("-D" + LoadSimulation.RESULT + "=" + result);
        JavaProcess.run(
                folder.resolve(name + "-gatling.log"),
                PATIENCE.plusSeconds(load.warmUpSeconds() + load.seconds()),
                options,
                "io.gatling.app.Gatling",
                "--simulation",
                LoadSimulation.class.getName(),
                "--no-reports",
                "--results-folder",
                folder.resolve("gatling").toAbsolutePath().toString());
        return JSON.readValue(result.toFile(), LoadResult.class);
    }
}
