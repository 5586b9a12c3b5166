package io.wager.standalone.deadletter;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real RabbitMQ and an H2 server, with both services as processes of their own; what is killed is the API. */
class ServicesDeadLetterJourneyIT extends DeadLetterJourney {

    private static final int LETTERS = 40;
    private static final int CANARY = 5;

    @TempDir
    private static Path folder;

    private static RabbitMqServer broker;
    private static Server database;
    private static ServiceProcess consumer;
    private static ServiceProcess api;

    @BeforeAll
    static void startEverything() throws Exception {
        broker = RabbitMqServer.shared();
        broker.deleteTopology();
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        consumer = service("wager-consumer", List.of()).start();
        api = service("wager-api", SHORT_HOLDS).start();
        consumer.awaitReady();
        api.awaitReady();
    }

    @AfterAll
    static void stopEverything() throws Exception {
        var written = metrics(api) + metrics(consumer);
        api.close();
        consumer.close();
        database.stop();
        written += api.output() + consumer.output();

        // Whatever happened above: stored, conflicting, refused by the database, edited, requeued, told at DEBUG.
        var wager = aWager().build();
        assertThat(written)
                .contains("DEBUG")
                .contains("wager_ingest_stored_total")
                .doesNotContain(
                        wager.username(), Objects.requireNonNull(wager.sessionData()), "SPRING_DATASOURCE_PASSWORD");
    }

    private static String metrics(ServiceProcess service) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(service.managementUri("/actuator/prometheus"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    @Override
    URI uri(String path) {
        return api.uri(path);
    }

    @Override
    void killAndStartAgain() {
        api.kill();
        api.start().awaitReady();
    }

    @Test
    void aCanaryStopsAJobWhoseCauseIsNotFixedAndAnotherJobMendsAllOnceItIs() throws Exception {
        execute("ALTER TABLE wager ADD CONSTRAINT ck_no_zimbabwe CHECK (country_code <> 'ZW')");
        var wagers = IntStream.range(0, LETTERS)
                .mapToObj(i -> aWager().by(player()).from("ZW").of("1.5").build())
                .toList();
        operator().post(wagers);
        patiently().until(() -> letters("reason=rejected-by-database").size() == LETTERS);
        var group = operator()
                .get("/api/admin/dead-letters/groups?reason=rejected-by-database")
                .at("/groups/0");
        assertThat(group.at("/byStatus/open").asInt()).isEqualTo(LETTERS);
        var selection = "{\"fingerprint\":\"" + group.at("/fingerprint").asText() + "\",\"canary\":" + CANARY;

        var dryRun = operator().job(selection + ",\"dryRun\":true}");
        assertThat(dryRun.at("/eligible").asInt()).isEqualTo(LETTERS);
        var tooEarly = operator().job(selection + "}").at("/jobId").asText();
        patiently()
                .until(() -> operator().jobNow(tooEarly).at("/status").asText().equals("stopped"));
        patiently().until(() -> !operator().jobNow(tooEarly).at("/finishedAt").isNull());
        assertThat(outcome(operator().jobNow(tooEarly), "failed")).isEqualTo(CANARY);
        assertThat(outcome(operator().jobNow(tooEarly), "skipped")).isEqualTo(LETTERS - CANARY);
        assertThat(letters("status=open")).hasSize(LETTERS);

        execute("ALTER TABLE wager DROP CONSTRAINT ck_no_zimbabwe");
        var inTime = operator().job(selection + "}").at("/jobId").asText();

        patiently().until(() -> operator().jobNow(inTime).at("/status").asText().equals("completed"));
        assertThat(outcome(operator().jobNow(inTime), "resolved")).isEqualTo(LETTERS);
        assertThat(operator().totalOf(wagers.getFirst()))
                .isEqualByComparingTo(new BigDecimal("1.5").multiply(BigDecimal.valueOf(LETTERS)));
    }

    private static void execute(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(databaseUrl(), "sa", "");
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    private static ServiceProcess service(String module, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--wager.schema.migrate=true",
                "--spring.datasource.url=" + databaseUrl(),
                "--logging.level.io.wager=debug"));
        arguments.addAll(more);
        return new ServiceProcess(
                module,
                TrainedJar.of(Path.of("..", module, "target", module + "-exec.jar")),
                arguments,
                Map.of(
                        "SPRING_RABBITMQ_ADDRESSES", broker.uri().toString(),
                        "SPRING_DATASOURCE_USERNAME", "sa",
                        "SPRING_DATASOURCE_PASSWORD", ""));
    }

    private static String databaseUrl() {
        return "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./wager;WRITE_DELAY=0";
    }
}
