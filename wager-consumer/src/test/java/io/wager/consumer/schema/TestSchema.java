package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a test's database to the newest version, the way that the consumer does. */
public final class TestSchema {

    private TestSchema() {}

    /**
     * Gives the database its history before it migrates. Without one, Flyway asks whether the schema is empty, in a statement
     * that compares a bit with a number, which Babelfish for PostgreSQL cannot.
     */
    public static void migrateWithHistory(DataSource dataSource) {
        Flyway.configure().dataSource(dataSource).baselineVersion("0").load().baseline();
        migrate(dataSource);
    }

    /** Migrates, or fails the test. */
    public static void migrate(DataSource dataSource) {
        assertThat(new SchemaMigration(dataSource).migrate()).isInstanceOf(SchemaState.Ready.class);
    }

    /** A gate that nobody opened. */
    public static SchemaGate closedGate() {
        return new SchemaGate();
    }

    /** The gate of a database that is ready. */
    public static SchemaGate openGate() {
        var gate = new SchemaGate();
        gate.open();
        return gate;
    }

    /** Opens a gate, as the watch does. */
    public static void open(SchemaGate gate) {
        gate.open();
    }
}
