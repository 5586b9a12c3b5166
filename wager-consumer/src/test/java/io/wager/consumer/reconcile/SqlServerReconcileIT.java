package io.wager.consumer.reconcile;

import com.zaxxer.hikari.HikariDataSource;
import io.wager.consumer.schema.TestSchema;
import io.wager.testkit.SqlServerEndpoint;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Totals on SQL Server, or on what speaks its language; skipped where there is neither. */
class SqlServerReconcileIT extends ReconcileContract {

    private static @Nullable SqlServerEndpoint endpoint;
    private static @Nullable HikariDataSource pool;

    @BeforeAll
    static void createDatabase() {
        endpoint = SqlServerEndpoint.require();
        if (endpoint.isRealSqlServer()) {
            TestSchema.migrate(endpoint.dataSource());
        } else {
            TestSchema.migrateWithHistory(endpoint.dataSource());
        }
        // The tests read row by row; a login for each costs far more than the reading.
        pool = new HikariDataSource();
        pool.setDataSource(endpoint.dataSource());
    }

    @AfterAll
    static void dropDatabase() {
        if (pool != null) {
            pool.close();
        }
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @Override
    DataSource dataSource() {
        return Objects.requireNonNull(pool);
    }
}
