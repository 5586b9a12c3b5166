package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.service.database.DatabaseRights;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database whose schema is there, and whose user is not allowed everything. */
class DatabaseInspectionTest {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    // Only an administrator may name settings.
    private final JdbcConnectionPool owner = JdbcConnectionPool.create(url + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final JdbcTemplate admin = new JdbcTemplate(owner);
    private final DatabaseInspection inspection = new DatabaseInspection(user());
    private final SchemaHealthIndicator health = new SchemaHealthIndicator(TestSchema.openGate(), inspection);

    @BeforeEach
    void createSchemaAndUser() {
        TestSchema.migrate(owner);
        admin.execute("CREATE USER consumer PASSWORD 'secret'");
        admin.execute("CREATE ROLE writer");
        admin.execute("GRANT writer TO consumer");
        DatabaseInspection.rights().needed().stream()
                .filter(right -> !right.name().equals("EXECUTE"))
                .collect(Collectors.groupingBy(
                        DatabaseRights.Right::object,
                        Collectors.mapping(DatabaseRights.Right::name, Collectors.joining(", "))))
                .forEach((table, rights) -> admin.execute("GRANT " + rights + " ON " + table + " TO writer"));
    }

    @AfterEach
    void dropDatabase() {
        admin.execute("SHUTDOWN");
        owner.dispose();
    }

    @Test
    void aUserWhoseRoleHasEveryRightIsReady() {
        inspection.look();

        assertThat(inspection.isDone()).isTrue();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void rightsThatAreMissingAreNamedUntilTheyAreThere() {
        admin.execute("REVOKE UPDATE ON player_day FROM writer");
        admin.execute("REVOKE INSERT ON dead_letter_content FROM writer");

        inspection.look();

        assertThat(inspection.isDone()).isFalse();
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails().get("missingRights"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("UPDATE on player_day", "INSERT on dead_letter_content");

        admin.execute("GRANT UPDATE ON player_day TO writer");
        admin.execute("GRANT INSERT ON dead_letter_content TO writer");
        inspection.look();

        assertThat(inspection.isDone()).isTrue();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aTableThatIsHiddenIsNamedByTheRightToReadIt() {
        admin.execute("REVOKE SELECT, INSERT ON wager FROM writer");

        inspection.look();

        assertThat(health.health().getDetails().get("missingRights"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("SELECT on wager");
    }

    @Test
    void aDatabaseThatDoesNotAnswerLeavesTheServiceUnreadyUntilItDoes() {
        var away = new JdbcDataSource();
        away.setURL("jdbc:h2:tcp://127.0.0.1:1/nowhere");
        var unheard = new DatabaseInspection(away);

        unheard.look();

        var told = new SchemaHealthIndicator(TestSchema.openGate(), unheard).health();
        assertThat(unheard.isDone()).isFalse();
        assertThat(told.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(told.getDetails()).isEqualTo(Map.of("rights", "not known yet"));
    }

    private JdbcDataSource user() {
        var user = new JdbcDataSource();
        user.setURL(url);
        user.setUser("consumer");
        user.setPassword("secret");
        return user;
    }
}
