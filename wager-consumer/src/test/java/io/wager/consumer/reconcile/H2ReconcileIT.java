package io.wager.consumer.reconcile;

import io.wager.consumer.schema.TestSchema;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Totals on an H2 file database. */
class H2ReconcileIT extends ReconcileContract {

    @TempDir
    private static Path databaseFolder;

    private static JdbcConnectionPool pool;

    @BeforeAll
    static void createDatabase() {
        pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + databaseFolder.resolve("wagers") + ";WRITE_DELAY=0", "sa", "");
        TestSchema.migrate(pool);
    }

    @AfterAll
    static void closeDatabase() {
        pool.dispose();
    }

    @Override
    DataSource dataSource() {
        return pool;
    }
}
