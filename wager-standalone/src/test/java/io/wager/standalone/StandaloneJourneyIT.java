package io.wager.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.testkit.FreePort;
import io.wager.testkit.TrainedJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./wager} runs, as a process of its own from the built jar: what a new user does, and what a kill does to it. */
class StandaloneJourneyIT {

    private static final Path JAR = TrainedJar.ofStandalone(Path.of("target", "wager-standalone.jar"));
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final int port = FreePort.find();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aWagerThatIsPostedShowsUpAndSurvivesAKillAndARestart() throws Exception {
        var first = start("--port", String.valueOf(port), "--data", "data");
        awaitReady();

        assertThat(post("10.50"))
                .isEqualTo("{\"wagerId\":\"6581621c-2f86-422d-bf1e-9b92a6efb539\",\"status\":\"accepted\"}");
        awaitTopSpenders("[{\"accountId\":\"2c937b23-03ae-4110-90d5-47d055d89001\",\"username\":\"Marit\","
                + "\"totalAmountSpend\":10.5}]");
        first.destroyForcibly().waitFor();
        start("--port", String.valueOf(port), "--data", "data");
        awaitReady();
        post("10.5");
        post("777");

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(get("/api/player/casinowager/6581621c-2f86-422d-bf1e-9b92a6efb539"))
                        .contains("\"conflicts\":1"));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(get("/actuator/prometheus"))
                        .containsPattern("wager_dead_letters_archived_total\\{.*reason=\"conflict\".*} 1.0"));
        awaitTopSpenders("[{\"accountId\":\"2c937b23-03ae-4110-90d5-47d055d89001\",\"username\":\"Marit\","
                + "\"totalAmountSpend\":10.5}]");
    }

    @Test
    void theFirstScreenSaysWhatRunsAndGivesACommandThatWorks() throws Exception {
        start("start", "--port", String.valueOf(port));
        awaitReady();

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(output())
                        .contains("wager is running at http://127.0.0.1:" + port)
                        .contains("/swagger-ui.html"));
        var curl = output().lines()
                .dropWhile(line -> !line.contains("curl -s") || !line.contains("casinowager"))
                .takeWhile(line -> !line.isBlank())
                .reduce("", (all, line) -> all + "\n" + line);
        var body = curl.substring(curl.indexOf('{'), curl.lastIndexOf('}') + 1);

        assertThat(send(HttpRequest.newBuilder(uri("/api/player/casinowager"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build()))
                .contains("\"status\":\"accepted\"");
    }

    @Test
    void aSecondStartOnTheSameFolderOrPortSaysSoInOneSentence() throws Exception {
        start("--port", String.valueOf(port), "--data", "data");
        awaitReady();

        var samePort = run("--port", String.valueOf(port), "--data", "other");
        var sameFolder = run("--port", String.valueOf(FreePort.find()), "--data", "data");

        assertThat(samePort).isEqualTo(69);
        assertThat(sameFolder).isEqualTo(73);
        assertThat(output())
                .contains("wager: port " + port + " is taken")
                .contains("wager: another wager is running on the data folder")
                .doesNotContain("Exception in");
    }

    @Test
    void aDemoKilledInItsMiddleAndRunAgainIsExact() throws Exception {
        var demo = start("demo", "--port", String.valueOf(port), "--data", "data", "--count", "20000");
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .until(() -> !get("/api/player/topSpenders").equals("[]"));
        demo.destroyForcibly().waitFor();

        var again = run("demo", "--port", String.valueOf(port), "--data", "data", "--count", "20000");

        assertThat(output()).contains("exact:");
        assertThat(again).isZero();
    }

    @Test
    void aSecureStartShowsItsKeyOnceAndAsksForIt() throws Exception {
        var first = start("start", "--secure", "--port", String.valueOf(port), "--data", "data");
        awaitReady();
        await().atMost(Duration.ofMinutes(1)).until(() -> output().contains("wgr_"));
        var key = Pattern.compile("wgr_[a-z0-9_]+").matcher(output());
        assertThat(key.find()).isTrue();
        assertThat(get("/api/player/topSpenders")).contains("urn:wager:problem:unauthenticated");
        assertThat(run("demo", "--url", "http://127.0.0.1:" + port, "--count", "100", "--api-key", key.group()))
                .as(output())
                .isZero();
        first.destroy();
        first.waitFor();
        Files.delete(folder.resolve("output"));

        start("start", "--secure", "--port", String.valueOf(port), "--data", "data");
        awaitReady();

        await().atMost(Duration.ofMinutes(1)).until(() -> output().contains("wager is running"));
        assertThat(output()).contains("by API keys, in ").doesNotContain("wgr_");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(TrainedJar.launch(JAR));
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

    private int run(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as(output()).isTrue();
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    }

    private void awaitReady() {
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(get("/readyz")).contains("\"UP\""));
    }

    private void awaitTopSpenders(String expected) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(get("/api/player/topSpenders")).isEqualTo(expected));
    }

    private String post(String amount) throws IOException, InterruptedException {
        var wager = """
                {"wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539", "accountId": "2c937b23-03ae-4110-90d5-47d055d89001",
                 "Username": "Marit", "provider": "Quiet Bronze Kettle", "gameName": "Humble Clay Harp",
                 "amount": %s, "createdDateTime": "2026-05-18T00:04:10.4947679+02:00"}""".formatted(amount);
        return send(HttpRequest.newBuilder(uri("/api/player/casinowager"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wager))
                .build());
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
