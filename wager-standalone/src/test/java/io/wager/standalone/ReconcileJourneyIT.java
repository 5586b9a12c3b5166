package io.wager.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.testkit.FreePort;
import io.wager.testkit.ServiceProcess;
import io.wager.testkit.TrainedJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as operators run it: from both jars, as processes of their own. */
class ReconcileJourneyIT {

    private static final Path STANDALONE = TrainedJar.ofStandalone(Path.of("target", "wager-standalone.jar"));
    private static final Path CONSUMER =
            TrainedJar.of(Path.of("..", "wager-consumer", "target", "wager-consumer-exec.jar"));

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void whatADemoStoredIsConsistentAndAChangeByHandIsFoundAndRepaired() throws Exception {
        assertThat(run(STANDALONE, "demo", "--count", "2000", "--port", String.valueOf(FreePort.find())))
                .as(output())
                .isZero();
        assertThat(output()).contains("exact:");

        assertThat(run(STANDALONE, "reconcile", "--report", "report.json"))
                .as(output())
                .isZero();
        var report = new JsonMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.get("result").asText()).isEqualTo("consistent");
        assertThat(report.at("/totals/wagers").asInt()).isGreaterThan(1_000);

        var url = "jdbc:h2:file:" + folder.resolve("data").resolve("wager");
        try (var connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE player SET total_amount = total_amount + 1");
        }
        String[] onTheConsumer = {
            "reconcile", "--spring.datasource.url=" + url, "--spring.datasource.username=sa", "--repair"
        };
        assertThat(run(STANDALONE, "reconcile")).isEqualTo(1);
        assertThat(run(CONSUMER, onTheConsumer)).as(output()).isZero();
        assertThat(run(STANDALONE, "reconcile")).as(output()).isZero();
        assertThat(output()).contains("none remains").doesNotContain("Exception in");
    }

    @Test
    void aFolderOfARunningWagerIsLeftAloneAndOneWithoutADatabaseToo() throws Exception {
        start(STANDALONE, "--port", String.valueOf(FreePort.find()));
        await().atMost(Duration.ofMinutes(4)).until(() -> output().contains("wager is running at"));

        assertThat(run(STANDALONE, "reconcile")).isEqualTo(69);
        assertThat(run(STANDALONE, "reconcile", "--data", "other")).isEqualTo(64);

        assertThat(output())
                .contains("Stop it first")
                .contains("there is no database")
                .doesNotContain("Exception in");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    private int run(Path jar, String... arguments) throws IOException, InterruptedException {
        var process = start(jar, arguments);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as(output()).isTrue();
        return process.exitValue();
    }

    private Process start(Path jar, String... arguments) throws IOException {
        assertThat(jar).exists();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ServiceProcess.SHORT_LIFE_OPTIONS);
        command.addAll(TrainedJar.launch(jar));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output").toFile()))
                .start();
        started.add(process);
        return process;
    }

    private String output() throws IOException {
        var file = folder.resolve("output");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
