package io.wager.testkit;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
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

    private final Server server;
    private final String database;
    private final boolean isOwn;

    private SqlServerEndpoint(Server server, String database, boolean isOwn) {
        this.server = server;
        this.database = database;
        this.isOwn = isOwn;
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
        var fresh = "wager_test_" + UUID.randomUUID().toString().replace("-", "");
        execute(server.dataSource("master"), "CREATE DATABASE " + fresh);
        var endpoint = new SqlServerEndpoint(server, fresh, true);
        if (endpoint.isRealSqlServer()) {
            // As db/setup/sqlserver.sql has it.
            execute(server.dataSource("master"), "ALTER DATABASE " + fresh + " SET READ_COMMITTED_SNAPSHOT ON");
        }
        return endpoint;
    }

    /** Connections to the database, each new. */
    public DataSource dataSource() {
        return server.dataSource(database);
    }

    /** Connections to the database as another user, each new. */
    public DataSource dataSource(String user, String password) {
        return new Server(server.url(), user, password).dataSource(database);
    }

    /** Whether times keep their 100 ns; Babelfish for PostgreSQL, which answers to the same name, keeps microseconds. */
    public boolean isRealSqlServer() {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT @@VERSION")) {
            return rows.next() && !rows.getString(1).contains("Babelfish");
        } catch (SQLException e) {
            throw new IllegalStateException("asking the server's version failed", e);
        }
    }

    @Override
    public void close() {
        if (isOwn) {
            execute(server.dataSource("master"), "DROP DATABASE " + database);
        } else {
            dropTables();
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
