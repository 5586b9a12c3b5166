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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standalone with the memory that {@code ./wager} gives it, under more of the largest wagers than fit into that. */
class StandaloneLargeBodiesIT {

    private static final Path JAR = TrainedJar.ofStandalone(Path.of("target", "wager-standalone.jar"));
    /** 100 singles and 2 batches of 8 MB: 55 MB of bodies, and several times that of what is made of them. */
    private static final int SINGLES = 100;

    private static final int BATCHES = 2;

    private static final int WAGERS_IN_A_BATCH = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The most that the contract takes, in the characters that take the most bytes each: 393 KB. */
    private static final String LARGEST = "\u20ac".repeat(131_072);

    private static final Pattern ACCEPTED = Pattern.compile("\"wagerId\":\"([0-9a-f-]{36})\",\"status\":\"accepted\"");

    private final int port = FreePort.find();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @TempDir
    private Path folder;

    @Test
    void theLargestWagersOfTheContractAreStoredOrRefusedWhileSmallOnesAreAccepted() throws Exception {
        var process = start();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> get("/readyz").statusCode() == 200);

            var large = Stream.concat(
                            IntStream.range(0, SINGLES).mapToObj(i -> singles(clients)),
                            IntStream.range(0, BATCHES).mapToObj(i -> batches(clients)))
                    .toList();
            var smallAnswers = smallUntilDone(CompletableFuture.allOf(large.toArray(CompletableFuture<?>[]::new)));
            large.forEach(CompletableFuture::join);

            assertThat(smallAnswers).isNotEmpty().containsOnly(200);
            assertThat(process.isAlive()).as(output()).isTrue();
            assertThat(accepted).as("some of the large ones were accepted").hasSizeGreaterThan(smallAnswers.size());
            for (var id : accepted) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(
                                        get("/api/player/casinowager/" + id).body())
                                .contains("\"status\":\"stored\""));
            }
            assertThat(process.isAlive()).as(output()).isTrue();
            assertThat(output()).doesNotContain("OutOfMemoryError");
        } finally {
            process.destroyForcibly();
        }
    }

    private CompletableFuture<Void> singles(ExecutorService clients) {
        return CompletableFuture.runAsync(() -> post("/api/player/casinowager", wager(LARGEST)), clients);
    }

    private CompletableFuture<Void> batches(ExecutorService clients) {
        return CompletableFuture.runAsync(
                () -> post(
                        "/api/player/casinowagers",
                        "["
                                + String.join(
                                        ",",
                                        IntStream.range(0, WAGERS_IN_A_BATCH)
                                                .mapToObj(i -> wager(LARGEST))
                                                .toList())
                                + "]"),
                clients);
    }

    private List<Integer> smallUntilDone(CompletableFuture<Void> large) {
        return Stream.generate(() -> post("/api/player/casinowager", wager("small")))
                .takeWhile(status -> !large.isDone())
                .toList();
    }

    private int post(String path, String body) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(uri(path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                            .build(),
                    BodyHandlers.ofString());
            ACCEPTED.matcher(answer.body())
                    .results()
                    .map(match -> match.group(1))
                    .forEach(accepted::add);
            return answer.statusCode();
        } catch (IOException e) {
            // A large body that is refused before it is read whole may end so.
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String wager(String sessionData) {
        return """
                {"wagerId": "%s", "accountId": "2c937b23-03ae-4110-90d5-47d055d89001", "username": "Marit",
                 "provider": "Quiet Bronze Kettle", "gameName": "Humble Clay Harp", "amount": 10.5,
                 "createdDateTime": "%s", "sessionData": "%s"}""".formatted(UUID.randomUUID(), Instant.now(), sessionData);
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(TrainedJar.launch(JAR));
        command.addAll(List.of("--port", String.valueOf(port), "--data", "data"));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
