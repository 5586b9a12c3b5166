package io.wager.consumer.store;

import io.wager.consumer.schema.SqlServerTestDatabase;
import io.wager.testkit.SqlServerAccount;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.core.JdbcTemplate;

/** The store on SQL Server, or on what speaks its language, with the account's rights; skipped where there is neither. */
class SqlServerWagerStoreIT extends WagerStoreContract {

    private static @Nullable SqlServerTestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = SqlServerTestDatabase.require();
        if (!isReal()) {
            // Babelfish for PostgreSQL looks at foreign keys with the user's own rights, by SELECT … FOR KEY SHARE,
            // which needs this.
            var consumer = SqlServerAccount.CONSUMER.login(database.endpoint().database());
            var jdbc = new JdbcTemplate(database.admin());
            jdbc.execute("GRANT UPDATE ON provider TO " + consumer);
            jdbc.execute("GRANT UPDATE ON game TO " + consumer);
        }
    }

    @AfterAll
    static void dropDatabase() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    DataSource dataSource() {
        return Objects.requireNonNull(database).admin();
    }

    @Override
    DataSource serviceDataSource() {
        return Objects.requireNonNull(database).as(SqlServerAccount.CONSUMER);
    }

    @Override
    Duration timeUnit() {
        return isReal() ? super.timeUnit() : Duration.ofNanos(1_000);
    }

    /** Babelfish for PostgreSQL has one code for all that it has no code for, decimal overflow among it. */
    @Override
    boolean namesOverflow() {
        return isReal();
    }

    /**
     * Babelfish for PostgreSQL 4.4 pastes the texts of a table-valued parameter into a statement of its own, unescaped
     * (babelfish_extensions issue 4896, put right in pull request 4517).
     */
    @Override
    boolean takesApostrophes() {
        return isReal();
    }

    private static boolean isReal() {
        return Objects.requireNonNull(database).endpoint().isRealSqlServer();
    }
}
