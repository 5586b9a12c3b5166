package io.wager.consumer.deadletter;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.consumer.WagerConsumerApplication;
import io.wager.consumer.schema.SchemaGate;
import io.wager.consumer.schema.TestTable;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.WagerEncoder;
import io.wager.rabbitmq.RabbitTopology;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The database of a running consumer is killed under load, on a real RabbitMQ. */
class DatabaseOutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LOAD = 300;
    private static final int POISON = 5;
    // Less than the load, so that some of it stays in the queue. Twice that is delivered ahead.
    private static final int BATCH_SIZE = 20;

    @TempDir
    private Path folder;

    private RabbitMqServer broker;
    private Connection connection;
    private Channel channel;
    private DatabaseProcess database;
    private @Nullable ConfigurableApplicationContext consumer;

    @BeforeEach
    void startEverything() throws Exception {
        broker = RabbitMqServer.shared();
        broker.deleteTopology();
        connection = broker.connectionFactory().newConnection("database-outage");
        channel = connection.createChannel();
        RabbitTopology.declare(channel);
        channel.confirmSelect();
        database = new DatabaseProcess(folder, Path.of("target"), 128, List.of(Server.class, FailingTrigger.class))
                .forShortLife();
        database.start();
    }

    @AfterEach
    void stopEverything() throws Exception {
        stopConsumer();
        connection.close();
        database.kill();
    }

    @Test
    void consumingPausesAndGoesOnByItselfAndNoDeliveryIsUsedUp() throws Exception {
        startConsumer();
        publishWagers(LOAD);
        database.kill();
        publishPoison();
        publishWagers(LOAD);

        await().atMost(PATIENCE).until(() -> paused() == 1);
        assertThat(channel.messageCount(Topology.WAGER_QUEUE))
                .as("left in the queue")
                .isPositive();
        var readiness = readiness();
        assertThat(readiness.statusCode()).isEqualTo(200);
        assertThat(readiness.body()).contains("\"paused\":true");
        database.start();

        var rows = new ArchivedDeadLetters(running().getBean(DataSource.class));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> rows.count(TestTable.WAGER) == 2 * LOAD);
        await().atMost(PATIENCE).until(() -> rows.count(TestTable.DEAD_LETTER) == POISON);
        assertThat(rows.all()).extracting(ArchivedDeadLetters.Row::attempts).containsOnly(1);
        assertThat(counted("wager.ingest.received")).isEqualTo(2 * LOAD + POISON);
        assertThat(counted("wager.ingest.returned")).isZero();
        await().atMost(PATIENCE).until(() -> paused() == 0);
        assertThat(readiness().body()).contains("\"paused\":false");
    }

    @Test
    void aServiceThatStopsInAnOutageGivesItsBatchBack() throws Exception {
        var meters = startConsumer();
        database.kill();
        publishWagers(BATCH_SIZE);
        await().atMost(PATIENCE).until(() -> paused() == 1);

        stopConsumer();

        // By itself, not cut off when its time was over.
        assertThat(counted(meters, "wager.ingest.returned")).isPositive();
        await().atMost(PATIENCE).until(() -> channel.messageCount(Topology.WAGER_QUEUE) == BATCH_SIZE);
        database.start();
        startConsumer();
        var rows = new ArchivedDeadLetters(running().getBean(DataSource.class));
        await().atMost(PATIENCE).until(() -> rows.count(TestTable.WAGER) == BATCH_SIZE);
    }

    private MeterRegistry startConsumer() {
        consumer = SpringApplication.run(
                WagerConsumerApplication.class,
                "--server.port=0",
                "--spring.rabbitmq.addresses=" + broker.uri(),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=sa",
                "--spring.datasource.hikari.connection-timeout=500",
                "--wager.ingest.batch-size=" + BATCH_SIZE,
                "--wager.ingest.concurrency=2",
                "--wager.schema.migrate=true");
        consumer.getBean(SchemaGate.class).ready().join();
        return consumer.getBean(MeterRegistry.class);
    }

    private void stopConsumer() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }

    private ConfigurableApplicationContext running() {
        return Objects.requireNonNull(consumer);
    }

    private double paused() {
        return running().getBean(MeterRegistry.class).find("wager.ingest.paused").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private double counted(String counter) {
        return counted(running().getBean(MeterRegistry.class), counter);
    }

    private static double counted(MeterRegistry meters, String counter) {
        return meters.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private HttpResponse<String> readiness() throws Exception {
        var port = running().getEnvironment().getRequiredProperty("local.server.port");
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private void publishWagers(int count) throws Exception {
        for (var i = 0; i < count; i++) {
            publish(WagerEncoder.encode(aWager().build()));
        }
        channel.waitForConfirmsOrDie(PATIENCE.toMillis());
    }

    private void publishPoison() throws Exception {
        for (var i = 0; i < POISON; i++) {
            publish(("broken " + i).getBytes(StandardCharsets.UTF_8));
        }
        channel.waitForConfirmsOrDie(PATIENCE.toMillis());
    }

    private void publish(byte[] body) throws Exception {
        var properties = new BasicProperties.Builder()
                .type(MessageHeaders.WAGER_TYPE)
                .contentType(MessageHeaders.JSON)
                .deliveryMode(2)
                .headers(Map.of(MessageHeaders.SCHEMA_VERSION, 1))
                .build();
        channel.basicPublish(Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY, properties, body);
    }
}
