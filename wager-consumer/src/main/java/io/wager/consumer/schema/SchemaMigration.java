package io.wager.consumer.schema;

import io.wager.service.database.DatabaseFaults;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Flyway on the scripts of the database's product. */
final class SchemaMigration {

    private final DataSource dataSource;

    SchemaMigration(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Brings the schema to the newest version. Several processes may do so at once: Flyway locks its history. */
    SchemaState migrate() {
        return look(flyway -> {
            var result = flyway.migrate();
            return new SchemaState.Ready(result.migrationsExecuted + " scripts run, version "
                    + Objects.requireNonNullElse(result.targetSchemaVersion, result.initialSchemaVersion));
        });
    }

    /** Whether somebody has brought the schema to the version that this code needs; changes nothing. */
    SchemaState check() {
        return look(flyway -> {
            var pending = flyway.info().pending();
            return pending.length == 0
                    ? new SchemaState.Ready("no script is pending")
                    : new SchemaState.NotYet(pending.length + " migrations have not been run yet");
        });
    }

    private SchemaState look(Look look) {
        String product;
        try (var connection = dataSource.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            return new SchemaState.NotYet("the database does not answer: " + e.getMessage());
        }
        try {
            return look.at(flyway(product));
        } catch (FlywayException e) {
            return DatabaseFaults.isOutage(e)
                    ? new SchemaState.NotYet("the database stopped answering: " + e.getMessage())
                    : new SchemaState.Broken(e);
        } catch (IllegalStateException e) {
            return new SchemaState.Broken(e);
        }
    }

    private Flyway flyway(String product) {
        var folder = switch (product) {
            case "H2" -> "h2";
            case "Microsoft SQL Server" -> "sqlserver";
            default -> throw new IllegalStateException("there are no migrations for " + product);
        };
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration/" + folder)
                // A consumer that is one version behind keeps running while the next is rolled out.
                .ignoreMigrationPatterns("*:future")
                .load();
    }

    private interface Look {
        SchemaState at(Flyway flyway);
    }
}
