package io.wager.standalone;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import io.wager.testkit.TrainedJar;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two services as processes of their own, on a real RabbitMQ and a shared H2 server, while their parts are killed.
 * Clients repeat what they are not sure of, as clients in the field do; at the end every accepted wager is stored once.
 */
class ServicesJourneyIT {

    private static final int PLAYERS = 20;
    private static final int BATCH = 50;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Random random = new Random(20261121);

    @TempDir
    private static Path folder;

    private static Server database;
    private static RabbitMqServer broker;
    private static ServiceProcess consumer;
    private static ServiceProcess api;

    private static final AtomicLong TESTS = new AtomicLong();

    /** The more significant half of the ids of this test's own players. */
    private final long players = TESTS.incrementAndGet();

    @BeforeAll
    static void startEverything() throws Exception {
        broker = RabbitMqServer.forFaults();
        broker.deleteTopology();
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        consumer = service("wager-consumer").start();
        api = service("wager-api").start();
    }

    @BeforeEach
    void awaitEverything() {
        consumer.awaitReady();
        api.awaitReady();
    }

    @AfterAll
    static void stopEverything() {
        api.close();
        consumer.close();
        database.stop();
        broker.start();
    }

    @Test
    void aConsumerKilledMidStreamLosesNothingAndCountsNothingTwice() throws Exception {
        var wagers = wagers(3_000);

        for (var from = 0; from < wagers.size(); from += BATCH) {
            assertThat(post(wagers.subList(from, from + BATCH)).get("accepted").asInt())
                    .isEqualTo(BATCH);
            if (from == 1_000 || from == 2_000) {
                consumer.kill();
                consumer.start();
            }
        }

        awaitTotals(wagers);
    }

    @Test
    void anApiKilledMidStreamLosesNothingThatItAccepted() throws Exception {
        var wagers = wagers(1_500);

        for (var from = 0; from < wagers.size(); from += BATCH) {
            if (from == 750) {
                // The client sends, the service dies: nobody knows what became of the batch, and so it is sent again.
                var batch = wagers.subList(from, from + BATCH);
                var unused = http.sendAsync(batchRequest(batch), BodyHandlers.discarding());
                api.kill();
                api.start().awaitReady();
            }
            postUntilAccepted(wagers.subList(from, from + BATCH));
        }

        awaitTotals(wagers);
    }

    @Test
    void aBrokerKilledWhileClientsPostCosts503sAndNothingElse() throws Exception {
        var accepted = new ConcurrentLinkedQueue<Wager>();
        var refusals = new ConcurrentLinkedQueue<HttpResponse<String>>();
        var perClient = 400;
        List<Future<?>> posting = new ArrayList<>();
        try (var clients = Executors.newFixedThreadPool(8)) {
            for (var client = 0; client < 8; client++) {
                var own = wagers(perClient);
                posting.add(clients.submit(() -> {
                    for (var wager : own) {
                        postUntilAccepted(wager, refusals);
                        accepted.add(wager);
                    }
                }));
            }
            await().atMost(Duration.ofMinutes(3)).until(() -> accepted.size() > perClient);
            broker.kill();
            await().atMost(Duration.ofMinutes(3)).until(() -> !refusals.isEmpty());
            broker.start();
            for (var client : posting) {
                client.get();
            }
        }

        assertThat(accepted).hasSize(8 * perClient);
        assertThat(refusals).isNotEmpty().allSatisfy(refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(503);
            assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
            assertThat(refusal.headers().firstValue("Content-Type")).contains("application/problem+json");
        });
        awaitTotals(List.copyOf(accepted));
    }

    private void awaitTotals(List<Wager> wagers) {
        Map<String, BigDecimal> expected = new HashMap<>();
        for (var wager : wagers) {
            expected.merge(wager.accountId().toString(), wager.amount(), BigDecimal::add);
        }
        await("every accepted wager to be counted once")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(totals()).containsExactlyInAnyOrderEntriesOf(normalised(expected)));
    }

    private Map<String, BigDecimal> totals() throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(api.uri("/api/player/topSpenders?count=1000"))
                        .build(),
                BodyHandlers.ofString());
        Map<String, BigDecimal> totals = new HashMap<>();
        for (var spender : JSON.readTree(answer.body())) {
            var account = spender.get("accountId").asText();
            if (UUID.fromString(account).getMostSignificantBits() == players) {
                totals.put(account, spender.get("totalAmountSpend").decimalValue());
            }
        }
        return normalised(totals);
    }

    private static Map<String, BigDecimal> normalised(Map<String, BigDecimal> totals) {
        Map<String, BigDecimal> normalised = new HashMap<>();
        totals.forEach((account, total) -> normalised.put(account, total.stripTrailingZeros()));
        return normalised;
    }

    private JsonNode post(List<Wager> batch) throws IOException, InterruptedException {
        return JSON.readTree(
                http.send(batchRequest(batch), BodyHandlers.ofString()).body());
    }

    private void postUntilAccepted(List<Wager> batch) {
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> post(batch).get("accepted").asInt() == batch.size());
    }

    private void postUntilAccepted(Wager wager, ConcurrentLinkedQueue<HttpResponse<String>> refusals) {
        await().atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    var answer = http.send(
                            HttpRequest.newBuilder(api.uri("/api/player/casinowager"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofByteArray(WagerEncoder.encode(wager)))
                                    .build(),
                            BodyHandlers.ofString());
                    if (answer.statusCode() != 200) {
                        refusals.add(answer);
                    }
                    return answer.statusCode() == 200;
                });
    }

    private HttpRequest batchRequest(List<Wager> batch) {
        var lines = new StringBuilder();
        for (var wager : batch) {
            lines.append(new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8))
                    .append('\n');
        }
        return HttpRequest.newBuilder(api.uri("/api/player/casinowagers"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines.toString()))
                .build();
    }

    private List<Wager> wagers(int count) {
        List<Wager> wagers = new ArrayList<>();
        for (var i = 0; i < count; i++) {
            var player = random.nextInt(PLAYERS);
            wagers.add(aWager().by(new UUID(players, player).toString())
                    .named("player " + player)
                    .of(BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), random.nextInt(10))
                            .toPlainString())
                    .build());
        }
        return wagers;
    }

    private static ServiceProcess service(String module) {
        var jar = TrainedJar.of(Path.of("..", module, "target", module + "-exec.jar"));
        return new ServiceProcess(
                module,
                jar,
                List.of("--wager.schema.migrate=true", "--spring.datasource.url=" + databaseUrl()),
                Map.of(
                        "SPRING_RABBITMQ_ADDRESSES", broker.uri().toString(),
                        "SPRING_DATASOURCE_USERNAME", "sa",
                        "SPRING_DATASOURCE_PASSWORD", ""));
    }

    private static String databaseUrl() {
        return "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./wager;WRITE_DELAY=0";
    }
}
