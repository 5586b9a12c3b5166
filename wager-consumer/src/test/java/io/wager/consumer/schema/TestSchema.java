package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Brings a test's database to the newest version, the way that the consumer does. */
public final class TestSchema {

    private TestSchema() {}

    /** Runs the script without Flyway, which asks Babelfish for PostgreSQL what that cannot answer. */
    public static void runScript(DataSource dataSource, String script) {
        new ResourceDatabasePopulator(new ClassPathResource(script)).execute(dataSource);
    }

    /** Migrates, or fails the test. */
    public static void migrate(DataSource dataSource) {
        assertThat(new SchemaMigration(dataSource).migrate()).isInstanceOf(SchemaState.Ready.class);
    }
}
