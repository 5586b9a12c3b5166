package io.wager.consumer.schema;

import com.zaxxer.hikari.HikariDataSource;
import io.wager.testkit.SqlServerAccount;
import io.wager.testkit.SqlServerEndpoint;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;

/** A database on SQL Server, or on what speaks its language, as an installation has it: set up, migrated, with its accounts. */
public final class SqlServerTestDatabase implements AutoCloseable {

    private final SqlServerEndpoint endpoint;
    // The tests read row by row; a login for each costs far more than the reading.
    private final HikariDataSource admin = new HikariDataSource();
    private final Map<SqlServerAccount, HikariDataSource> accounts = new EnumMap<>(SqlServerAccount.class);

    private SqlServerTestDatabase(SqlServerEndpoint endpoint) {
        this.endpoint = endpoint;
        admin.setDataSource(endpoint.dataSource());
    }

    /** A database with the newest schema, or a skipped test. */
    public static SqlServerTestDatabase require() {
        var endpoint = SqlServerEndpoint.require();
        var owner = endpoint.dataSource(SqlServerAccount.OWNER);
        if (endpoint.isRealSqlServer()) {
            TestSchema.migrate(owner);
        } else {
            TestSchema.migrateWithHistory(owner);
        }
        endpoint.grantTypes();
        return new SqlServerTestDatabase(endpoint);
    }

    /** For what a test does beside what it tests. */
    public DataSource admin() {
        return admin;
    }

    /** With no more rights than an account has. */
    public DataSource as(SqlServerAccount account) {
        return accounts.computeIfAbsent(account, wanted -> {
            var pool = new HikariDataSource();
            pool.setDataSource(endpoint.dataSource(wanted));
            return pool;
        });
    }

    /** Where it is. */
    public SqlServerEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        accounts.values().forEach(HikariDataSource::close);
        admin.close();
        endpoint.close();
    }
}
