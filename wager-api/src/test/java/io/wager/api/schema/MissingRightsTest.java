package io.wager.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.service.database.DatabaseRights;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database whose schema is there, and whose user is not allowed everything. */
class MissingRightsTest {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    // Only an administrator may name settings.
    private final JdbcConnectionPool owner = JdbcConnectionPool.create(url + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final JdbcConnectionPool api = JdbcConnectionPool.create(url, "api", "secret");
    private final JdbcTemplate admin = new JdbcTemplate(owner);
    private final SchemaPoller poller = poller(api);
    private final SchemaHealthIndicator health = new SchemaHealthIndicator(poller);

    @BeforeEach
    void createSchemaAndUser() {
        Flyway.configure()
                .dataSource(owner)
                .locations("classpath:db/migration/h2")
                .load()
                .migrate();
        admin.execute("CREATE USER api PASSWORD 'secret'");
        admin.execute("GRANT SELECT ON \"flyway_schema_history\" TO api");
        var rights = SchemaPoller.rights().needed().stream()
                // H2 has no table types.
                .filter(right -> !right.name().equals("EXECUTE"))
                .collect(Collectors.groupingBy(
                        DatabaseRights.Right::object,
                        Collectors.mapping(DatabaseRights.Right::name, Collectors.joining(", "))));
        rights.forEach((table, names) -> admin.execute("GRANT " + names + " ON " + table + " TO api"));
    }

    @AfterEach
    void stop() {
        poller.stop();
        api.dispose();
        admin.execute("SHUTDOWN");
        owner.dispose();
    }

    @Test
    void aUserWithEveryRightIsReady() {
        poller.start();

        await().until(() -> health.health().getStatus().equals(Status.UP));
        assertThat(poller.isRunning()).as("still asking").isFalse();
    }

    @Test
    void rightsThatAreMissingAreNamedUntilTheyAreThere() {
        admin.execute("REVOKE UPDATE ON requeue_job FROM api");
        admin.execute("REVOKE INSERT ON audit_entry FROM api");
        admin.execute("REVOKE SELECT ON player FROM api");

        poller.start();

        await().until(() -> health.health().getDetails().containsKey("missingRights"));
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails().get("missingRights"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("SELECT on player", "UPDATE on requeue_job", "INSERT on audit_entry");
        assertThat(poller.isReady()).as("reads that need none of them go on").isTrue();
    }

    @Test
    void lookingChangesNothing() {
        admin.execute("INSERT INTO provider (name, name_hash) VALUES ('P', X'00')");

        poller.start();

        await().until(() -> health.health().getStatus().equals(Status.UP));
        assertThat(admin.queryForObject("SELECT COUNT(*) FROM provider", Integer.class))
                .isOne();
    }

    private static SchemaPoller poller(DataSource database) {
        return new SchemaPoller(JdbcClient.create(database), new JdbcTemplate(database));
    }
}
