package io.wager.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.schema.SchemaGate;
import io.wager.consumer.schema.TestSchema;
import io.wager.consumer.schema.TestTable;
import io.wager.consumer.store.StoreProperties;
import io.wager.consumer.store.StoreTransactions;
import io.wager.core.wager.WagerDecoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** When the retention runs; what it deletes is in the contract of the archive. */
class DeadLetterRetentionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final AtomicInteger outages = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final SchemaGate gate = TestSchema.closedGate();
    private DataSource database;
    private ArchivedDeadLetters archived;
    private DeadLetterRetention retention;

    @BeforeEach
    void startWithALetterWhoseTimeIsOver() {
        var file = new JdbcDataSource();
        file.setURL("jdbc:h2:file:" + folder.resolve("wagers") + ";DB_CLOSE_DELAY=-1");
        TestSchema.migrate(file);
        database = file;
        archived = new ArchivedDeadLetters(database);
        addSettledLetter("one");
        retention = new DeadLetterRetention(
                new SettledDeadLetterRepository(transactions(failing())),
                new DeadLetterProperties(
                        100,
                        null,
                        Duration.ofMillis(100),
                        1,
                        Duration.ofDays(30),
                        Duration.ofDays(90),
                        Duration.ofMillis(10),
                        500),
                gate,
                new DeadLetterMetrics(new SimpleMeterRegistry()),
                Clock.systemUTC());
        retention.start();
    }

    @AfterEach
    void stop() throws SQLException {
        retention.stop();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    @Test
    void itBeginsWhenTheSchemaIsThereAndGoesOnUntilItIsStopped() {
        assertThat(connections).as("connections before the schema is ready").hasValue(0);

        TestSchema.open(gate);
        await().atMost(PATIENCE).until(() -> archived.count(TestTable.DEAD_LETTER) == 0);
        addSettledLetter("two");
        await().atMost(PATIENCE).until(() -> archived.count(TestTable.DEAD_LETTER) == 0);

        retention.stop();
        assertThat(retention.isRunning()).isFalse();
        var before = connections.get();
        addSettledLetter("three");
        retention.start();
        await().atMost(PATIENCE).until(() -> archived.count(TestTable.DEAD_LETTER) == 0);
        assertThat(connections).hasValueGreaterThan(before);
    }

    @Test
    void itSurvivesADatabaseThatIsAway() {
        outages.set(5);

        TestSchema.open(gate);

        await().atMost(PATIENCE).until(() -> archived.count(TestTable.DEAD_LETTER) == 0);
        assertThat(outages).hasValue(0);
    }

    private void addSettledLetter(String messageId) {
        var reader = new DeadLetterReader(new WagerDecoder(Duration.ofMinutes(5)), Clock.systemUTC());
        var message = DeadMessages.dead(DeadMessages.published(messageId, new byte[] {'{'}, "request"));
        var archive = new JdbcDeadLetterArchive(transactions(database), Clock.systemUTC());
        archive.archive(List.of(reader.read(message)));
        archived.all().forEach(letter -> archived.setStatus(letter.id(), "resolved", Instant.EPOCH));
    }

    private DataSource failing() {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                connections.incrementAndGet();
                if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new SQLException("the database is away", "08001");
                }
                return super.getConnection();
            }
        };
    }

    private static StoreTransactions transactions(DataSource dataSource) {
        return new StoreTransactions(
                dataSource, new StoreProperties(Duration.ofSeconds(5), Duration.ofSeconds(30), 1_000));
    }
}
