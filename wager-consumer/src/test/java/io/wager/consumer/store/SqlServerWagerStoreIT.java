package io.wager.consumer.store;

import com.zaxxer.hikari.HikariDataSource;
import io.wager.consumer.schema.TestSchema;
import io.wager.testkit.SqlServerEndpoint;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store on SQL Server, or on what speaks its language; skipped where there is neither. */
class SqlServerWagerStoreIT extends WagerStoreContract {

    private static @Nullable SqlServerEndpoint endpoint;
    private static @Nullable HikariDataSource pool;
    private static boolean isReal;

    @BeforeAll
    static void createDatabase() {
        endpoint = SqlServerEndpoint.require();
        isReal = endpoint.isRealSqlServer();
        if (isReal) {
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

    @Override
    Duration timeUnit() {
        return isReal ? super.timeUnit() : Duration.ofNanos(1_000);
    }

    /** Babelfish for PostgreSQL has one code for all that it has no code for, decimal overflow among it. */
    @Override
    boolean namesOverflow() {
        return isReal;
    }

    /**
     * Babelfish for PostgreSQL 4.4 pastes the texts of a table-valued parameter into a statement of its own, unescaped
     * (babelfish_extensions issue 4896, put right in pull request 4517).
     */
    @Override
    boolean takesApostrophes() {
        return isReal;
    }
}
