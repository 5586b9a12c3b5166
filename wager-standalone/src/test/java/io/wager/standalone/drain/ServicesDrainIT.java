package io.wager.standalone.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.core.wager.Wager;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services as processes of their own, told to stop by SIGTERM and started again one after the other under a steady load,
 * as a roll-out does. Clients send nothing twice: nothing may go wrong that a client would notice.
 */
class ServicesDrainIT {

    /** What the JVM ends with that stopped in order because of a SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ServiceProcess> services = new ArrayList<>();

    @TempDir
    private Path folder;

    private Server database;
    private RabbitMqServer broker;
    private ServiceProcess consumer;
    private ServiceProcess oneApi;
    private ServiceProcess otherApi;

    @BeforeEach
    void startEverything() throws Exception {
        broker = RabbitMqServer.forFaults();
        broker.deleteTopology();
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        consumer = service("wager-consumer", "--wager.ingest.batch-wait=5ms").start();
        oneApi = service("wager-api", "--wager.shutdown.readiness-delay=2s").start();
        otherApi = service("wager-api", "--wager.shutdown.readiness-delay=2s").start();
        services.forEach(ServiceProcess::awaitReady);
    }

    @AfterEach
    void stopEverything() {
        services.forEach(ServiceProcess::close);
        database.stop();
    }

    @Test
    void aRollOutUnderLoadFailsNoRequestAndRedeliversNothingThatWasCommitted() throws Exception {
        try (var balancer = new Balancer(List.of(oneApi, otherApi))) {
            awaitSeen(balancer, oneApi);
            awaitSeen(balancer, otherApi);
            try (var load = new SteadyLoad(balancer::next, 20261121)) {
                for (var api : List.of(oneApi, otherApi)) {
                    awaitAnswers(load, api);
                    assertThat(api.stop()).isEqualTo(TERMINATED);
                    restartUnder(load, balancer, api);
                }
                for (var round = 0; round < 2; round++) {
                    awaitStoredByThisConsumer();
                    assertThat(duplicates()).isZero();
                    assertThat(consumer.stop()).isEqualTo(TERMINATED);
                    consumer.start().awaitReady();
                }
                load.finish();

                assertThat(load.failures()).isEmpty();
                assertThat(load.lastAnswers()).isPositive();
                awaitTotals(load.accepted());
                assertThat(duplicates()).isZero();
            }
        }
    }

    private void restartUnder(SteadyLoad load, Balancer balancer, ServiceProcess api) {
        api.start().awaitReady();
        awaitSeen(balancer, api);
        awaitAnswers(load, api);
    }

    private static void awaitSeen(Balancer balancer, ServiceProcess api) {
        await().atMost(Duration.ofSeconds(30)).until(() -> balancer.sees(api));
    }

    private static void awaitAnswers(SteadyLoad load, ServiceProcess api) {
        var before = load.answersOf(api);
        await().atMost(Duration.ofSeconds(60)).until(() -> load.answersOf(api) > before + 100);
    }

    private void awaitStoredByThisConsumer() {
        await().atMost(Duration.ofSeconds(60)).until(() -> meter("wager_ingest_stored_total") > 200);
    }

    private double duplicates() throws IOException, InterruptedException {
        return meter("wager_ingest_duplicates_total");
    }

    private double meter(String name) throws IOException, InterruptedException {
        return get(consumer, "/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void awaitTotals(Collection<Wager> wagers) {
        Map<String, BigDecimal> expected = new HashMap<>();
        for (var wager : wagers) {
            expected.merge(wager.accountId().toString(), wager.amount(), BigDecimal::add);
        }
        expected.replaceAll((account, total) -> total.stripTrailingZeros());
        await("every accepted wager to be counted once")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(totals()).containsExactlyInAnyOrderEntriesOf(expected));
    }

    private Map<String, BigDecimal> totals() throws IOException, InterruptedException {
        Map<String, BigDecimal> totals = new HashMap<>();
        for (var spender : JSON.readTree(get(oneApi, "/api/player/topSpenders?count=1000"))) {
            totals.put(
                    spender.get("accountId").asText(),
                    spender.get("totalAmountSpend").decimalValue().stripTrailingZeros());
        }
        return totals;
    }

    private String get(ServiceProcess service, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(service.uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private ServiceProcess service(String module, String argument) {
        var url = "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./wager;WRITE_DELAY=0";
        var service = new ServiceProcess(
                module,
                Path.of("..", module, "target", module + "-exec.jar"),
                List.of(argument, "--wager.schema.migrate=true", "--spring.datasource.url=" + url),
                Map.of(
                        "SPRING_RABBITMQ_ADDRESSES", broker.uri().toString(),
                        "SPRING_DATASOURCE_USERNAME", "sa",
                        "SPRING_DATASOURCE_PASSWORD", ""));
        services.add(service);
        return service;
    }
}
