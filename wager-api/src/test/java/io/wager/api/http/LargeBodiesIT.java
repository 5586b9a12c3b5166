package io.wager.api.http;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.wager.core.wager.WagerEncoder;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API in its 256 MB on a real RabbitMQ, while more of the largest wagers come at once than fit. */
class LargeBodiesIT {

    private static final String SINGLE = "/api/player/casinowager";
    private static final String BATCH = "/api/player/casinowagers";
    private static final String ID = "00000000-0000-0000-0000-000000000000";

    /** Together 230 MB of bodies, of which each byte comes to three of heap or more. */
    private static final int SINGLES = 400;

    private static final int BATCHES = 8;
    private static final int WAGERS_IN_A_BATCH = 20;

    /** Three quarters of a quarter of the heap, of which each takes 1.6 MB. */
    private static final int FIT_AT_ONCE = 29;

    private static final JsonMapper JSON = new JsonMapper();

    /** One for the large bodies and one for all else, or that would wait behind them before it is sent. */
    private final HttpClient largeClient = HttpClient.newHttpClient();

    private final HttpClient client = HttpClient.newHttpClient();
    private final byte[] largest = largest();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    /** Small wagers that are sent while large ones are, as many as it takes. */
    private static final int LEAST_SMALL = 5;

    private RabbitMqServer broker;
    private ServiceProcess api;

    @BeforeEach
    void startEverything() {
        broker = RabbitMqServer.shared();
        broker.deleteTopology();
        api = new ServiceProcess(
                        "wager-api",
                        Path.of("target", "wager-api-exec.jar"),
                        // Nothing listens on port 1: wagers are accepted without the database.
                        List.of(
                                "--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/nowhere",
                                // Else a fast machine takes them all, one after the other.
                                "--wager.http.memory-wait=100ms"),
                        Map.of("SPRING_RABBITMQ_ADDRESSES", broker.uri().toString()))
                .jvmOptions(List.of(
                        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"))
                .start();
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> postSmall().statusCode() == 200);
    }

    @AfterEach
    void stopEverything() {
        api.close();
        client.close();
        largeClient.close();
        broker.deleteTopology();
    }

    @Test
    void theLargestWagersAreRefusedWhereTheyDoNotFitAndNothingElseSuffers() throws Exception {
        var large = postLargeOnes();
        var small = 0;
        do {
            if (large.isDone()) {
                large.get();
                large = postLargeOnes();
            }
            assertThat(postSmall().statusCode()).as("small wagers").isEqualTo(200);
            assertThat(get("/livez").statusCode()).isEqualTo(200);
            small++;
        } while (small < LEAST_SMALL || !large.isDone());
        large.get();

        assertThat(refused.get()).as("requests that found no room").isPositive();
        // Those that are let in are finished, however many others come.
        assertThat(accepted).as("accepted").hasSizeGreaterThan(small + FIT_AT_ONCE);
        assertThat(queued()).containsAll(accepted);
        // The request is over a moment after its client has the answer.
        await().until(() -> metrics().body().contains("wager_http_memory_used_bytes 0.0"));
    }

    private CompletableFuture<?> postLargeOnes() {
        List<CompletableFuture<?>> large = new ArrayList<>();
        for (var round = 0; round < BATCHES; round++) {
            large.add(postBatch());
            for (var single = 0; single < SINGLES / BATCHES; single++) {
                large.add(postLargest());
            }
        }
        return CompletableFuture.allOf(large.toArray(CompletableFuture[]::new));
    }

    private HttpResponse<String> postSmall() throws Exception {
        var wager = aWager().build();
        var answer = client.send(request(SINGLE, WagerEncoder.encode(wager)), BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
            accepted.add(wager.wagerId().toString());
        }
        return answer;
    }

    private CompletableFuture<?> postLargest() {
        return largeClient
                .sendAsync(request(SINGLE, largestOfAnId()), BodyHandlers.ofString())
                .thenAccept(answer -> {
                    if (answer.statusCode() == 200) {
                        accepted.add(json(answer).get("wagerId").asText());
                    } else {
                        refused(answer);
                    }
                });
    }

    private CompletableFuture<?> postBatch() {
        List<byte[]> pieces = new ArrayList<>();
        for (var wager = 0; wager < WAGERS_IN_A_BATCH; wager++) {
            pieces.add(largestOfAnId());
            pieces.add(new byte[] {'\n'});
        }
        var request = HttpRequest.newBuilder(api.uri(BATCH))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArrays(pieces));
        return largeClient.sendAsync(request.build(), BodyHandlers.ofString()).thenAccept(answer -> {
            if (answer.statusCode() == 503) {
                refused(answer);
                return;
            }
            for (var item : json(answer).get("items")) {
                if (item.get("status").asText().equals("accepted")) {
                    accepted.add(item.get("wagerId").asText());
                }
            }
        });
    }

    private void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        refused.incrementAndGet();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(api.uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> metrics() throws Exception {
        return client.send(
                HttpRequest.newBuilder(api.managementUri("/actuator/prometheus"))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest request(String path, byte[] body) {
        return HttpRequest.newBuilder(api.uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(answer.body(), e);
        }
    }

    /** The ids of all messages in the queue. */
    private Set<String> queued() throws Exception {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        try (var connection = broker.connectionFactory().newConnection("large-bodies");
                var channel = connection.createChannel()) {
            var count = Math.toIntExact(channel.messageCount("wagers.casino"));
            channel.basicQos(100);
            channel.basicConsume("wagers.casino", false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                        throws java.io.IOException {
                    ids.add(properties.getMessageId());
                    channel.basicAck(envelope.getDeliveryTag(), false);
                }
            });
            await().atMost(Duration.ofMinutes(1)).until(() -> ids.size() >= count);
        }
        return ids;
    }

    private byte[] largestOfAnId() {
        var body = largest.clone();
        var id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(id, 0, body, new String(body, 0, 100, StandardCharsets.ISO_8859_1).indexOf(ID), id.length);
        return body;
    }

    /** As long as the contract allows, and three bytes a character. */
    private static byte[] largest() {
        return WagerEncoder.encode(
                aWager().withId(ID).withSessionData("€".repeat(131_072)).build());
    }
}
