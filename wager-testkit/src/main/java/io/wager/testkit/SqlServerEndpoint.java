package io.wager.testkit;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.MSSQLServerContainer;

/**
 * A database without tables on a T-SQL endpoint: of the server that {@code WAGER_TEST_SQLSERVER_URL}, {@code …_USER} and
 * {@code …_PASSWORD} name; else of a container where Docker answers; else the test is skipped with a line that says what was
 * missing. A database that the URL names is used as it is and loses this project's tables; without one, a new one is made.
 */
public final class SqlServerEndpoint implements AutoCloseable {

    private static final String IMAGE = "mcr.microsoft.com/mssql/server:2022-latest";
    private static final Pattern DATABASE =
            Pattern.compile(";\\s*database(?:Name)?\\s*=\\s*([^;]*)", Pattern.CASE_INSENSITIVE);
    private static final String MISSING =
            "No SQL Server for this test: WAGER_TEST_SQLSERVER_URL is not set, and Docker does not answer";
    private static final List<String> TABLES = List.of(
            "audit_entry",
            "requeue_job_item",
            "requeue_job",
            "dead_letter_event",
            "dead_letter_edit",
            "dead_letter_content",
            "dead_letter",
            "wager_conflict",
            "wager",
            "player_day",
            "player",
            "game",
            "provider",
            "flyway_schema_history");
    private static final List<String> ROLES =
            List.of("wager_reader", "wager_writer", "dead_letter_operator", "wager_repairer");
    private static final List<String> TYPES = List.of(
            "provider_batch",
            "game_batch",
            "wager_batch",
            "wager_conflict_batch",
            "player_batch",
            "player_day_batch",
            "id_list",
            "number_list",
            "dead_letter_failure_list",
            "remembered_game_list");

    private static final String PASSWORD = "Aa1-" + UUID.randomUUID();
    /** A session whose client has just closed it may linger on the server. */
    private static final Duration LINGER = Duration.ofSeconds(20);

    private final Server server;
    private final String database;
    private final boolean isOwn;
    private final boolean isReal;

    private SqlServerEndpoint(Server server, String database, boolean isOwn) {
        this.server = server;
        this.database = database;
        this.isOwn = isOwn;
        isReal = isReal(server);
    }

    /** A database without tables, or a skipped test. */
    public static SqlServerEndpoint require() {
        var server = Server.named();
        if (server == null) {
            if (!isDockerThere()) {
                MissingPart.endTest("sqlserver", MISSING);
            }
            server = Container.server();
        }
        var named = server.databaseInUrl();
        if (named != null) {
            var endpoint = new SqlServerEndpoint(server, named, false);
            endpoint.dropTables();
            endpoint.setUp();
            return endpoint;
        }
        return fresh(server);
    }

    /** A new database, also where the URL names one, so that several can be there at once. Throws if no server is there. */
    public static SqlServerEndpoint own() {
        var server = Server.named();
        if (server == null && !isDockerThere()) {
            throw new IllegalStateException(MISSING);
        }
        return fresh(server == null ? Container.server() : server);
    }

    private static boolean isDockerThere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    private static SqlServerEndpoint fresh(Server server) {
        var fresh = "wager_test_" + UUID.randomUUID().toString().substring(0, 8);
        var endpoint = new SqlServerEndpoint(server, fresh, true);
        endpoint.setUp();
        return endpoint;
    }

    /**
     * Runs {@code db/setup/sqlserver.sql} for this database, as was done before its first use: the database, its settings, its roles, and
     * logins for the accounts.
     */
    public void setUp() {
        var batches = SqlServerSetup.batches(database, PASSWORD);
        try (var connection = server.dataSource("master").getConnection()) {
            for (var batch : batches) {
                var known = isReal ? batch : SqlServerSetup.forBabelfish(batch);
                try (var statement = connection.createStatement()) {
                    statement.execute(known);
                }
            }
            addPeople(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("db/setup/sqlserver.sql", e);
        }
    }

    private void addPeople(Connection connection) throws SQLException {
        for (var account : SqlServerAccount.values()) {
            var role = account.addedTo();
            if (role != null) {
                try (var statement = connection.createStatement()) {
                    statement.execute("""
                            IF SUSER_ID(N'%1$s') IS NULL CREATE LOGIN %1$s WITH PASSWORD = '%2$s'
                            ELSE ALTER LOGIN %1$s WITH PASSWORD = '%2$s';
                            IF USER_ID(N'%1$s') IS NULL CREATE USER %1$s FOR LOGIN %1$s WITH DEFAULT_SCHEMA = dbo;
                            ALTER ROLE %3$s ADD MEMBER %1$s;
                            """.formatted(account.login(database), PASSWORD, role));
                }
            }
        }
    }

    /**
     * Lets roles use table types on an endpoint that is not SQL Server, after the migrations: there EXECUTE on the schema does not.
     */
    public void grantTypes() {
        if (!isReal) {
            TYPES.forEach(type ->
                    ROLES.forEach(role -> execute(dataSource(), "GRANT SELECT, INSERT ON " + type + " TO " + role)));
        }
    }

    /** The name of the database. */
    public String database() {
        return database;
    }

    /** Connections to the database, each new. */
    public DataSource dataSource() {
        return server.dataSource(database);
    }

    /**
     * Connections to the database with one of the accounts of the setup, each new. Where the endpoint is not SQL Server, the owner is the
     * administrator: there nobody else can be given the right to create tables.
     */
    public DataSource dataSource(SqlServerAccount account) {
        return account == SqlServerAccount.OWNER && !isReal
                ? dataSource()
                : dataSource(account.login(database), PASSWORD);
    }

    /** Connections to the database as another user, each new. */
    public DataSource dataSource(String user, String password) {
        return new Server(server.url(), user, password).dataSource(database);
    }

    /** Whether times keep their 100 ns; Babelfish for PostgreSQL, which answers to the same name, keeps microseconds. */
    public boolean isRealSqlServer() {
        return isReal;
    }

    /** Drops what was made: the database or its tables, and the logins. Pools of connections to it are closed before. */
    @Override
    public void close() {
        if (isOwn) {
            dropDatabase();
        } else {
            dropTables();
            dropUsers();
        }
        for (var account : SqlServerAccount.values()) {
            execute(server.dataSource("master"), "DROP LOGIN " + account.login(database));
        }
    }

    private void dropDatabase() {
        var master = server.dataSource("master");
        if (isReal) {
            execute(master, "ALTER DATABASE " + database + " SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
            execute(master, "DROP DATABASE " + database);
        } else {
            Awaitility.await("dropping " + database)
                    .atMost(LINGER)
                    .ignoreExceptionsInstanceOf(IllegalStateException.class)
                    .until(() -> {
                        execute(master, "DROP DATABASE " + database);
                        return true;
                    });
        }
    }

    private void dropUsers() {
        for (var role : ROLES) {
            for (var account : SqlServerAccount.values()) {
                execute(
                        dataSource(),
                        "IF IS_ROLEMEMBER(N'%1$s', N'%2$s') = 1 ALTER ROLE %1$s DROP MEMBER %2$s"
                                .formatted(role, account.login(database)));
            }
            execute(dataSource(), "DROP ROLE IF EXISTS " + role);
        }
        for (var account : SqlServerAccount.values()) {
            execute(dataSource(), "DROP USER IF EXISTS " + account.login(database));
        }
    }

    private static boolean isReal(Server server) {
        try (var connection = server.dataSource("master").getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT @@VERSION")) {
            return rows.next() && !rows.getString(1).contains("Babelfish");
        } catch (SQLException e) {
            throw new IllegalStateException("asking the server's version failed", e);
        }
    }

    private void dropTables() {
        TABLES.forEach(table -> execute(dataSource(), "DROP TABLE IF EXISTS " + table));
        TYPES.forEach(type -> execute(dataSource(), "DROP TYPE IF EXISTS " + type));
    }

    private static void execute(DataSource dataSource, String sql) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("test database: " + sql, e);
        }
    }

    private record Server(String url, String user, String password) {

        static @Nullable Server named() {
            var url = System.getenv("WAGER_TEST_SQLSERVER_URL");
            return url == null || url.isBlank()
                    ? null
                    : new Server(url, required("WAGER_TEST_SQLSERVER_USER"), required("WAGER_TEST_SQLSERVER_PASSWORD"));
        }

        private static String required(String name) {
            var value = System.getenv(name);
            if (value == null) {
                throw new IllegalStateException("WAGER_TEST_SQLSERVER_URL is set, " + name + " is not");
            }
            return value;
        }

        @Nullable
        String databaseInUrl() {
            var matcher = DATABASE.matcher(url);
            return matcher.find() && !matcher.group(1).strip().equalsIgnoreCase("master")
                    ? matcher.group(1).strip()
                    : null;
        }

        DataSource dataSource(String database) {
            var dataSource = new SQLServerDataSource();
            dataSource.setURL(DATABASE.matcher(url).replaceAll(""));
            dataSource.setDatabaseName(database);
            dataSource.setUser(user);
            dataSource.setPassword(password);
            return dataSource;
        }
    }

    /** Started once for the JVM, at the first use; Testcontainers removes it. */
    private static final class Container {
        // Not closed here: Testcontainers ends the container with the JVM.
        @SuppressWarnings("resource")
        private static final MSSQLServerContainer<?> RUNNING = new MSSQLServerContainer<>(IMAGE).acceptLicense();

        static synchronized Server server() {
            RUNNING.start();
            return new Server(RUNNING.getJdbcUrl(), RUNNING.getUsername(), RUNNING.getPassword());
        }
    }
}
