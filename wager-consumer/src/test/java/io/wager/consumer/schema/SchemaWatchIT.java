package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class SchemaWatchIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final SchemaGate gate = new SchemaGate();
    private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    private SchemaWatch watch = watch(new JdbcDataSource(), false, false);

    @AfterEach
    void stopWatching() {
        watch.stop();
    }

    @Test
    void aDatabaseThatComesLaterIsMigratedThen() throws Exception {
        var port = freePort();
        var dataSource = dataSource("jdbc:h2:tcp://127.0.0.1:" + port + "/" + folder.resolve("late"));
        var migration = new SchemaMigration(dataSource);
        assertThat(migration.migrate()).isInstanceOf(SchemaState.NotYet.class);

        watch = watch(dataSource, true, false);
        watch.start();
        var server = Server.createTcpServer("-tcpPort", Integer.toString(port), "-ifNotExists")
                .start();

        try {
            await().atMost(PATIENCE).until(gate::isReady);
            assertThat(migration.check()).isInstanceOf(SchemaState.Ready.class);
            assertThat(exits).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void aProcessThatDoesNotMigrateWaitsUntilSomebodyHas() {
        var dataSource = file();
        var migration = new SchemaMigration(dataSource);
        assertThat(migration.check()).isInstanceOf(SchemaState.NotYet.class);

        watch = watch(dataSource, false, false);
        watch.start();
        assertThat(gate.isReady()).isFalse();
        TestSchema.migrate(dataSource);

        await().atMost(PATIENCE).until(gate::isReady);
    }

    @Test
    void aScriptThatDiffersFromTheOneThatWasRunEndsTheProcess() throws Exception {
        var dataSource = file();
        TestSchema.migrate(dataSource);
        new JdbcTemplate(dataSource).update("UPDATE \"flyway_schema_history\" SET \"checksum\" = 1");

        watch = watch(dataSource, true, false);
        watch.start();

        assertThat(exits.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(gate.isReady()).isFalse();
        assertThat(gate.ready()).isCompletedExceptionally();
        assertThat(new SchemaMigration(dataSource).migrate())
                .isInstanceOfSatisfying(
                        SchemaState.Broken.class,
                        broken -> assertThat(broken.cause())
                                .isInstanceOf(FlywayValidateException.class)
                                .hasMessageContaining("checksum mismatch"));
    }

    @Test
    void aOneShotRunMigratesEndsWithZeroAndNeverOpensTheGate() throws Exception {
        var dataSource = file();

        watch = watch(dataSource, false, true);
        watch.start();

        assertThat(exits.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
        assertThat(new SchemaMigration(dataSource).check()).isInstanceOf(SchemaState.Ready.class);
        assertThat(gate.ready()).isNotDone();
    }

    @Test
    void aOneShotRunGivesUpOnADatabaseThatStaysAway() throws Exception {
        watch = watch(dataSource("jdbc:h2:tcp://127.0.0.1:" + freePort() + "/" + folder.resolve("never")), false, true);
        watch.start();

        assertThat(exits.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(gate.isReady()).isFalse();
    }

    private SchemaWatch watch(DataSource dataSource, boolean migrate, boolean migrateAndExit) {
        var properties = new SchemaProperties(
                migrate, migrateAndExit, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(100));
        return new SchemaWatch(
                new SchemaMigration(dataSource),
                new DatabaseInspection(dataSource),
                properties,
                gate,
                exits::add,
                Clock.systemUTC());
    }

    private DataSource file() {
        return dataSource("jdbc:h2:file:" + folder.resolve("wagers"));
    }

    private static DataSource dataSource(String url) {
        var dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser("sa");
        dataSource.setPassword("");
        return dataSource;
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
