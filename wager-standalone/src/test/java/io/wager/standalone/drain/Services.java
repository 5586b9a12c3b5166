package io.wager.standalone.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.core.wager.Wager;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import io.wager.testkit.TrainedJar;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.h2.tools.Server;

/** Services of a test as processes, on an empty broker and an empty database that they share. */
final class Services implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ServiceProcess> started = new ArrayList<>();
    private final RabbitMqServer broker = RabbitMqServer.forFaults();
    private final Server database;

    Services(Path folder) throws SQLException {
        broker.deleteTopology();
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
    }

    RabbitMqServer broker() {
        return broker;
    }

    /** Starts one; returns at once. */
    ServiceProcess start(String module, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--wager.schema.migrate=true");
        all.add("--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./wager;WRITE_DELAY=0");
        var service = new ServiceProcess(
                module,
                TrainedJar.of(Path.of("..", module, "target", module + "-exec.jar")),
                all,
                Map.of(
                        "SPRING_RABBITMQ_ADDRESSES", broker.uri().toString(),
                        "SPRING_DATASOURCE_USERNAME", "sa",
                        "SPRING_DATASOURCE_PASSWORD", ""));
        started.add(service);
        return service.start();
    }

    /** The sum of a meter over its tags. */
    double meter(ServiceProcess service, String name) throws IOException, InterruptedException {
        return get(service.managementUri("/actuator/prometheus"))
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Waits until the totals are those of the wagers, each counted once however often it is there. */
    void awaitTotals(ServiceProcess api, Collection<Wager> wagers) {
        Map<String, BigDecimal> expected = new HashMap<>();
        for (var wager : new HashSet<>(wagers)) {
            expected.merge(wager.accountId().toString(), wager.amount(), BigDecimal::add);
        }
        expected.replaceAll((account, total) -> total.stripTrailingZeros());
        await("every accepted wager to be counted once")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(totals(api)).containsExactlyInAnyOrderEntriesOf(expected));
    }

    private Map<String, BigDecimal> totals(ServiceProcess api) throws IOException, InterruptedException {
        Map<String, BigDecimal> totals = new HashMap<>();
        for (var spender : JSON.readTree(get(api.uri("/api/player/topSpenders?count=1000")))) {
            totals.put(
                    spender.get("accountId").asText(),
                    spender.get("totalAmountSpend").decimalValue().stripTrailingZeros());
        }
        return totals;
    }

    private String get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        started.forEach(ServiceProcess::close);
        database.stop();
    }
}
