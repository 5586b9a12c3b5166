package io.wager.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DeadConnectionsTest {

    private static final String URL = "jdbc:h2:mem:dead-connections;DB_CLOSE_DELAY=-1";

    @Test
    void aConnectionWhoseDatabaseWasClosedIsReplacedThoughItIsInUseAllTheTime() throws SQLException {
        var config = new HikariConfig();
        config.setJdbcUrl(URL);
        config.setMaximumPoolSize(1);
        config.setExceptionOverrideClassName(DeadConnections.class.getName());
        try (var pool = new HikariDataSource(config)) {
            select(pool);
            try (var admin = DriverManager.getConnection(URL);
                    var shutdown = admin.createStatement()) {
                shutdown.execute("SHUTDOWN");
            }

            assertThatThrownBy(() -> select(pool)).isInstanceOf(SQLException.class);

            assertThat(select(pool)).isTrue();
        }
    }

    private static boolean select(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 1")) {
            return rows.next();
        }
    }
}
