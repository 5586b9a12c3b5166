package io.wager.standalone.deadletter;

import io.wager.testkit.ServiceProcess;
import io.wager.testkit.TrainedJar;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On embedded parts, in one process. */
class EmbeddedDeadLetterJourneyIT extends DeadLetterJourney {

    @TempDir
    private static Path folder;

    private static ServiceProcess wager;

    @BeforeAll
    static void startIt() {
        wager = new ServiceProcess(
                        "wager-standalone",
                        TrainedJar.ofStandalone(Path.of("target", "wager-standalone.jar")),
                        arguments(),
                        Map.of())
                .onOnePort()
                .start();
        wager.awaitReady();
    }

    @AfterAll
    static void stopIt() {
        wager.close();
    }

    private static List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--port={port}", "--data=" + folder));
        arguments.addAll(SHORT_HOLDS);
        return arguments;
    }

    @Override
    URI uri(String path) {
        return wager.uri(path);
    }

    @Override
    void killAndStartAgain() {
        wager.kill();
        wager.start().awaitReady();
    }
}
