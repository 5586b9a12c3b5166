package io.wager.consumer.deadletter;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.consumer.WagerConsumerApplication;
import io.wager.consumer.schema.SchemaGate;
import io.wager.consumer.schema.TestTable;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import io.wager.rabbitmq.RabbitTopology;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Poison goes into the queue of wagers of a running consumer, on a real RabbitMQ, and is found in the archive. */
class DeadLetterJourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String REFUSED = "The refused";

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
        connection = broker.connectionFactory().newConnection("dead-letter-journey");
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
    void poisonOfEveryReasonIsArchivedOnceAmongWagersThatAreStored() throws Exception {
        var good = IntStream.range(0, 60).mapToObj(i -> aWager().build()).toList();
        var first = aWager().of("10").build();
        var conflicting = aWager().withId(first.wagerId()).of("11").build();
        var invalid = "{\"WAGERID\":\"" + UUID.randomUUID() + "\",\"accountId\":\"" + UUID.randomUUID()
                + "\",\"provider\":\"Foxglove\",\"amount\":-1}";
        var refused = aWager().named(REFUSED).build();
        var failing = aWager().named(FailingTrigger.USERNAME).build();
        var givenUp = aWager().build();
        var newer = aWager().build();
        publish(givenUp);
        returnUntilTheBrokerGivesUp();
        var rows = startConsumer();

        good.subList(0, 30).forEach(this::publish);
        publish("{\"wagerId\":", 1, "broken");
        publish(first);
        publish(invalid, 1, "invalid");
        publish(conflicting);
        publish(
                new String(WagerEncoder.encode(newer), StandardCharsets.UTF_8),
                9,
                newer.wagerId().toString());
        publish(refused);
        good.subList(30, 60).forEach(this::publish);
        publish(failing);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(rows.count(TestTable.DEAD_LETTER)).isEqualTo(7));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rows.count(TestTable.WAGER)).isEqualTo(61));
        assertThat(rows.all())
                .extracting(
                        ArchivedDeadLetters.Row::reason,
                        ArchivedDeadLetters.Row::exceptionType,
                        ArchivedDeadLetters.Row::status,
                        ArchivedDeadLetters.Row::attempts,
                        ArchivedDeadLetters.Row::wagerId)
                .containsExactlyInAnyOrder(
                        tuple("undecodable", "MalformedWager", "open", 1, null),
                        tuple("invalid", "InvalidWager", "open", 1, UUID.fromString(invalid.substring(12, 48))),
                        tuple(
                                "conflict",
                                "WagerConflict",
                                "open",
                                1,
                                first.wagerId().value()),
                        tuple(
                                "unsupported-version",
                                "UnsupportedSchemaVersion",
                                "open",
                                1,
                                newer.wagerId().value()),
                        tuple(
                                "rejected-by-database",
                                DataIntegrityViolationException.class.getName(),
                                "open",
                                1,
                                refused.wagerId().value()),
                        tuple(
                                "retries-exhausted",
                                UncategorizedSQLException.class.getName(),
                                "open",
                                1,
                                failing.wagerId().value()),
                        tuple(
                                "delivery-limit",
                                "DeliveryLimit",
                                "open",
                                1,
                                givenUp.wagerId().value()));
        assertThat(rows.count(TestTable.DEAD_LETTER_EVENT)).isEqualTo(7);
        var conflict = rows.all().stream()
                .filter(letter -> letter.reason().equals("conflict"))
                .findFirst()
                .orElseThrow();
        assertThat(rows.content(conflict.id()).body()).isEqualTo(WagerEncoder.encode(conflicting));
        assertThat(counted("wager.dead.letters.archived")).isEqualTo(7);
        stopConsumer();
        assertThat(waiting()).as("messages left in the queues").isZero();
    }

    @Test
    void aRequeueIsResolvedOnceItsCauseIsMendedAndFailsOnItsOwnLetterBefore() throws Exception {
        var rows = startConsumer();
        var refused = aWager().named(REFUSED).build();
        publish(refused);
        await().atMost(PATIENCE).until(() -> rows.count(TestTable.DEAD_LETTER) == 1);
        var id = rows.only().id();
        var content = rows.content(id);
        var dead = new Message(
                content.messageId(),
                content.type(),
                content.contentType(),
                content.correlationId(),
                content.publishedAt(),
                HeaderJson.read(content.headers()),
                content.body());

        rows.requeue(id, 1, "requeued");
        publish(new Requeue(id, 1).message(dead));
        await().atMost(PATIENCE).until(() -> rows.only().failedRequeue() == 1);

        assertThat(rows.only())
                .returns("open", ArchivedDeadLetters.Row::status)
                .returns(2, ArchivedDeadLetters.Row::attempts)
                .returns("rejected-by-database", ArchivedDeadLetters.Row::reason);

        jdbc().execute("ALTER TABLE wager DROP CONSTRAINT ck_test");
        rows.requeue(id, 2, "requeued");
        publish(new Requeue(id, 2).message(dead));
        await().atMost(PATIENCE).until(() -> rows.only().status().equals("resolved"));

        assertThat(rows.events(id))
                .extracting(ArchivedDeadLetters.Event::kind, ArchivedDeadLetters.Event::requeueNumber)
                .containsExactly(tuple("failed", null), tuple("failed", 1), tuple("resolved", 2));
        assertThat(rows.count(TestTable.WAGER)).isOne();
        await().atMost(PATIENCE).until(() -> counted("wager.dead.letters.resolved") == 1);
        stopConsumer();
        assertThat(waiting()).isZero();
    }

    @Test
    void deadLettersThatComeWhileTheDatabaseIsAwayAreAllArchivedAfter() throws Exception {
        var rows = startConsumer();
        database.kill();

        for (var i = 0; i < 300; i++) {
            publish("broken " + i, 1, "broken-" + i);
        }
        await().atMost(PATIENCE).until(() -> counted("wager.dead.letters.retries") > 1);
        database.start();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> rows.count(TestTable.DEAD_LETTER) == 300);
        assertThat(rows.count(TestTable.DEAD_LETTER_EVENT)).isEqualTo(300);
        stopConsumer();
        assertThat(waiting()).isZero();
    }

    /** With a table that refuses some wagers for their data, and some for no reason. */
    private ArchivedDeadLetters startConsumer() {
        consumer = SpringApplication.run(
                WagerConsumerApplication.class,
                "--server.port=0",
                "--spring.rabbitmq.addresses=" + broker.uri(),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=sa",
                "--spring.datasource.hikari.connection-timeout=1000",
                "--wager.schema.migrate=true");
        consumer.getBean(SchemaGate.class).ready().join();
        jdbc().execute("ALTER TABLE wager ADD CONSTRAINT ck_test CHECK (username <> '" + REFUSED + "')");
        jdbc().execute("CREATE TRIGGER tr_test BEFORE INSERT ON wager FOR EACH ROW CALL '"
                + FailingTrigger.class.getName() + "'");
        return new ArchivedDeadLetters(consumer.getBean(DataSource.class));
    }

    private void stopConsumer() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }

    private JdbcTemplate jdbc() {
        return new JdbcTemplate(running().getBean(DataSource.class));
    }

    private double counted(String counter) {
        return running().getBean(MeterRegistry.class).find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private ConfigurableApplicationContext running() {
        return Objects.requireNonNull(consumer);
    }

    private void returnUntilTheBrokerGivesUp() {
        await().atMost(PATIENCE).until(() -> {
            var got = channel.basicGet(Topology.WAGER_QUEUE, false);
            if (got != null) {
                channel.basicNack(got.getEnvelope().getDeliveryTag(), false, true);
            }
            return channel.messageCount(Topology.DEAD_LETTER_QUEUE) == 1;
        });
    }

    private long waiting() throws IOException {
        return channel.messageCount(Topology.WAGER_QUEUE) + channel.messageCount(Topology.DEAD_LETTER_QUEUE);
    }

    private void publish(Wager wager) {
        publish(
                new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8),
                1,
                wager.wagerId().toString());
    }

    private void publish(String body, int schemaVersion, String messageId) {
        publish(new Message(
                messageId,
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                "journey",
                null,
                Map.of(MessageHeaders.SCHEMA_VERSION, schemaVersion),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private void publish(Message message) {
        var properties = new BasicProperties.Builder()
                .messageId(message.messageId())
                .type(message.type())
                .contentType(message.contentType())
                .correlationId(message.correlationId())
                .deliveryMode(2)
                .headers(new HashMap<>(message.headers()))
                .build();
        try {
            channel.basicPublish(Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY, properties, message.body());
            channel.waitForConfirmsOrDie(PATIENCE.toMillis());
        } catch (IOException | InterruptedException | TimeoutException e) {
            throw new AssertionError("publishing failed", e);
        }
    }
}
