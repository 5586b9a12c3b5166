package io.wager.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadConnectionsTest {

    private static final String URL = "jdbc:h2:mem:dead-connections;DB_CLOSE_DELAY=-1";

    private final DeadConnections connections = new DeadConnections();

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

    @ParameterizedTest
    @CsvSource({
        // H2: closed. Nobody knows: poisoned, read-only since a failover, ended.
        "90098, 90098, MUST_EVICT",
        "90067, 90067, MUST_EVICT",
        "S0001, 33557097, MUST_EVICT",
        "S0001, 3906, MUST_EVICT",
        "S0001, 596, MUST_EVICT",
        ", 0, MUST_EVICT",
        // Another connection would meet the same.
        "40001, 1205, CONTINUE_EVICT",
        "HYT00, 50200, CONTINUE_EVICT",
        "S0005, 229, CONTINUE_EVICT",
        "90096, 90096, CONTINUE_EVICT",
        "42S02, 42102, CONTINUE_EVICT",
        "23000, 2627, CONTINUE_EVICT",
        "22003, 22003, CONTINUE_EVICT",
        "HYT00, 0, CONTINUE_EVICT",
        // The pool knows these.
        "08S01, 0, CONTINUE_EVICT"
    })
    void aConnectionIsThrownAwayForWhatIsItsOwnAndForWhatNobodyKnows(
            String state, int code, SQLExceptionOverride.Override expected) {
        assertThat(connections.adjudicate(new SQLException("made up", state, code)))
                .isEqualTo(expected);
    }

    @Test
    void aFeatureThatADriverLacksSaysNothingOfTheConnection() {
        assertThat(connections.adjudicate(new SQLFeatureNotSupportedException("made up")))
                .isEqualTo(SQLExceptionOverride.Override.CONTINUE_EVICT);
    }

    private static boolean select(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 1")) {
            return rows.next();
        }
    }
}
