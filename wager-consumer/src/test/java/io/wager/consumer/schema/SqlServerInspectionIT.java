package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wager.service.database.DatabaseRights;
import io.wager.testkit.SqlServerEndpoint;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rights and settings on SQL Server, or on what speaks its language; skipped where there is neither. */
class SqlServerInspectionIT {

    private static final String LOGIN =
            "wager_test_" + UUID.randomUUID().toString().replace("-", "");
    private static final String PASSWORD = "Aa1-" + UUID.randomUUID();

    private static @Nullable SqlServerEndpoint endpoint;

    @BeforeAll
    static void createDatabase() {
        endpoint = SqlServerEndpoint.require();
        if (endpoint.isRealSqlServer()) {
            TestSchema.migrate(endpoint.dataSource());
        } else {
            TestSchema.migrateWithHistory(endpoint.dataSource());
        }
        var admin = new JdbcTemplate(endpoint.dataSource());
        admin.execute("CREATE LOGIN " + LOGIN + " WITH PASSWORD = '" + PASSWORD + "'");
        admin.execute("CREATE USER " + LOGIN + " FOR LOGIN " + LOGIN);
        DatabaseInspection.rights().needed().stream()
                .filter(right -> !right.name().equals("EXECUTE"))
                .forEach(right -> admin.execute("GRANT " + right.name() + " ON " + right.object() + " TO " + LOGIN));
        if (endpoint.isRealSqlServer()) {
            admin.execute("GRANT EXECUTE ON SCHEMA::dbo TO " + LOGIN);
        }
    }

    @AfterAll
    static void dropDatabase() {
        if (endpoint != null) {
            var admin = new JdbcTemplate(endpoint.dataSource());
            // An endpoint that is not SQL Server drops no user that has grants.
            DatabaseInspection.rights().needed().stream()
                    .filter(right -> !right.name().equals("EXECUTE"))
                    .forEach(right ->
                            admin.execute("REVOKE " + right.name() + " ON " + right.object() + " FROM " + LOGIN));
            admin.execute("DROP USER " + LOGIN);
            admin.execute("DROP LOGIN " + LOGIN);
            endpoint.close();
        }
    }

    @Test
    void theOwnerHasEveryRight() {
        var inspection = new DatabaseInspection(Objects.requireNonNull(endpoint).dataSource());

        inspection.look();

        assertThat(inspection.missingRights()).isEmpty();
        if (endpoint.isRealSqlServer()) {
            assertThat(inspection.isSnapshotOff()).isFalse();
        }
    }

    @Test
    void aRightThatIsMissingIsNamedUntilItIsThere() {
        var admin = new JdbcTemplate(Objects.requireNonNull(endpoint).dataSource());
        var inspection = new DatabaseInspection(endpoint.dataSource(LOGIN, PASSWORD));
        inspection.look();
        assertThat(inspection.missingRights()).isEmpty();

        assumeTrue(
                endpoint.isRealSqlServer(),
                "HAS_PERMS_BY_NAME of an endpoint that is not SQL Server knows no revoked right");
        admin.execute("REVOKE UPDATE ON player_day FROM " + LOGIN);
        inspection.look();
        assertThat(inspection.missingRights()).containsExactly(new DatabaseRights.Right("player_day", "UPDATE"));

        admin.execute("GRANT UPDATE ON player_day TO " + LOGIN);
        inspection.look();
        assertThat(inspection.missingRights()).isEmpty();
    }
}
