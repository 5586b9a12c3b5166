package io.wager.consumer.store;

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
    }

    @AfterAll
    static void dropDatabase() {
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @Override
    DataSource dataSource() {
        return Objects.requireNonNull(endpoint).dataSource();
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
}
