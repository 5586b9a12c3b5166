package io.wager.consumer.reconcile;

import io.wager.consumer.schema.SqlServerTestDatabase;
import io.wager.testkit.SqlServerAccount;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Letters and accepted wagers on SQL Server, or on what speaks its language, with the account's rights; skipped where there is neither. */
class SqlServerReconcileLettersIT extends LettersContract {

    private static @Nullable SqlServerTestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = SqlServerTestDatabase.require();
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
}
