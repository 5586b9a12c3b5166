package io.wager.standalone;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.consumer.schema.SchemaGate;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Poison among good wagers, on embedded parts: what the API would refuse is put straight into the queue. */
class EmbeddedPoisonIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void poisonIsArchivedOnceWithItsReasonAndItsNeighboursAreStored() {
        // As often as ever, with less time between: the batch is halved six times before the one is alone.
        try (var application = SpringApplication.run(
                StandaloneApplication.class,
                "--server.port=0",
                "--wager.data=" + folder.toAbsolutePath(),
                "--resilience4j.retry.instances.wager-store-unknown-failure.wait-duration=10ms")) {
            application.getBean(SchemaGate.class).ready().join();
            var jdbc = application.getBean(JdbcClient.class);
            jdbc.sql("ALTER TABLE wager ADD CONSTRAINT ck_test CHECK (username <> 'refused')")
                    .update();
            jdbc.sql("CREATE TRIGGER tr_test BEFORE INSERT ON wager FOR EACH ROW CALL '" + Failing.class.getName()
                            + "'")
                    .update();
            var good = IntStream.range(0, 50).mapToObj(i -> aWager().build()).toList();
            var first = aWager().of("10").build();

            good.subList(0, 25).forEach(wager -> publish(application, wager));
            publish(application, first);
            publish(application, "{\"wagerId\":", 1);
            publish(application, "{\"wagerId\":\"" + UUID.randomUUID() + "\"}", 1);
            publish(application, aWager().withId(first.wagerId()).of("11").build());
            publish(application, text(aWager().build()), 9);
            publish(application, aWager().named("refused").build());
            publish(application, aWager().named("failing").build());
            good.subList(25, 50).forEach(wager -> publish(application, wager));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(jdbc.sql("SELECT reason FROM dead_letter")
                                    .query(String.class)
                                    .list())
                            .containsExactlyInAnyOrder(
                                    "undecodable",
                                    "invalid",
                                    "conflict",
                                    "unsupported-version",
                                    "rejected-by-database",
                                    "retries-exhausted"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(jdbc.sql("SELECT COUNT(*) FROM wager")
                                    .query(Integer.class)
                                    .single())
                            .isEqualTo(good.size() + 1));
            var source = application.getBean(MessageSource.class);
            await().atMost(PATIENCE)
                    .until(() -> source.depth(Topology.WAGER_QUEUE) + source.depth(Topology.DEAD_LETTER_QUEUE) == 0);
        }
    }

    private static void publish(ConfigurableApplicationContext application, Wager wager) {
        publish(application, text(wager), 1);
    }

    private static void publish(ConfigurableApplicationContext application, String body, int version) {
        application
                .getBean(MessagePublisher.class)
                .publish(
                        Topology.WAGERS,
                        new Message(
                                UUID.randomUUID().toString(),
                                MessageHeaders.WAGER_TYPE,
                                MessageHeaders.JSON,
                                "a test",
                                Instant.now(),
                                Map.of(MessageHeaders.SCHEMA_VERSION, version),
                                body.getBytes(StandardCharsets.UTF_8)))
                .join();
    }

    private static String text(Wager wager) {
        return new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8);
    }

    /** Fails for one wager, for a reason that is neither its data nor an outage. */
    public static final class Failing implements Trigger {

        private static final int USERNAME_COLUMN = 3;

        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            if ("failing".equals(after[USERNAME_COLUMN])) {
                throw new SQLException("nobody knows");
            }
        }
    }
}
