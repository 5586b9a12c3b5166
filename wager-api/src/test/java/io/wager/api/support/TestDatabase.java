package io.wager.api.support;

import com.zaxxer.hikari.HikariDataSource;
import io.wager.testkit.SqlServerAccount;
import io.wager.testkit.SqlServerEndpoint;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * A database with the tables of the service and nothing in them: H2 in memory; where the environment has
 * {@code WAGER_TEST_API_DATABASE=sqlserver}, one of its own on a T-SQL endpoint, without which the tests fail.
 */
public final class TestDatabase implements AutoCloseable {

    private static final boolean IS_SQL_SERVER = isSqlServer();

    private final HikariDataSource pool = new HikariDataSource();
    private final HikariDataSource servicePool = new HikariDataSource();
    private final @Nullable SqlServerEndpoint endpoint;

    private TestDatabase(@Nullable SqlServerEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** A new database. */
    public static TestDatabase create() {
        return IS_SQL_SERVER ? onSqlServer() : inMemory();
    }

    /** Pooled connections to it. */
    public DataSource dataSource() {
        return pool;
    }

    /** Pooled connections to it with no more rights than the service's account has; on H2, which has no such account, all. */
    public DataSource serviceDataSource() {
        return endpoint == null ? pool : servicePool;
    }

    @Override
    public void close() {
        pool.close();
        servicePool.close();
        if (endpoint != null) {
            endpoint.close();
        }
    }

    private static TestDatabase inMemory() {
        var database = new TestDatabase(null);
        database.pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Flyway.configure()
                .dataSource(database.pool)
                .locations("classpath:db/migration/h2")
                .load()
                .migrate();
        return database;
    }

    private static TestDatabase onSqlServer() {
        var endpoint = SqlServerEndpoint.own();
        var database = new TestDatabase(endpoint);
        database.pool.setDataSource(endpoint.dataSource());
        database.servicePool.setDataSource(endpoint.dataSource(SqlServerAccount.API));
        var flyway = Flyway.configure()
                .dataSource(database.pool)
                .locations("classpath:db/migration/sqlserver")
                .baselineVersion("0")
                .load();
        // Without a history, Flyway asks in a way that Babelfish for PostgreSQL does not understand whether the schema
        // is empty.
        flyway.baseline();
        flyway.migrate();
        endpoint.grantTypes();
        return database;
    }

    private static boolean isSqlServer() {
        var choice = Objects.requireNonNullElse(System.getenv("WAGER_TEST_API_DATABASE"), "h2");
        return switch (choice) {
            case "h2" -> false;
            case "sqlserver" -> true;
            default ->
                throw new IllegalStateException("WAGER_TEST_API_DATABASE is neither h2 nor sqlserver: " + choice);
        };
    }
}
