package io.wager.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.service.database.DeadConnections;
import java.sql.SQLException;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How transactions fail, on a pool as the service has it, with one connection. */
class StoreTransactionsTest {

    private final FaultyConnections connections = new FaultyConnections(database());
    private final HikariDataSource pool = new HikariDataSource();
    private final StoreTransactions transactions;

    StoreTransactionsTest() {
        pool.setDataSource(connections);
        pool.setMaximumPoolSize(1);
        pool.setExceptionOverrideClassName(DeadConnections.class.getName());
        transactions =
                new StoreTransactions(pool, new StoreProperties(Duration.ofSeconds(5), Duration.ofSeconds(30), 1));
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void aConnectionOnWhichEverythingFailsForNoKnownReasonIsReplacedAtTheNextTry() {
        connections.fail("createStatement", new SQLException("poisoned", "S0001", 33557097));
        connections.fail("prepareStatement", new SQLException("poisoned", "S0001", 33557097));

        assertThat(kindOfFailure()).isEqualTo(Kind.UNKNOWN);

        assertThat(select()).isOne();
        assertThat(connections.opened()).isEqualTo(2);
    }

    @Test
    void whatBrokeTheConnectionIsNotHiddenByTheRollbackThatFailsThen() {
        connections.fail("createStatement", new SQLException("connection reset", "08S01", 0));
        connections.fail("prepareStatement", new SQLException("connection reset", "08S01", 0));

        assertThat(kindOfFailure()).isEqualTo(Kind.OUTAGE);
    }

    @Test
    void aConnectionOnWhichAStatementWasRefusedIsKept() {
        var failure = catchThrowable(() -> transactions.inTransaction(
                jdbc -> jdbc.getJdbcOperations().queryForObject("SELECT n FROM nowhere", Integer.class)));

        assertThat(Kind.of(failure)).isEqualTo(Kind.MISCONFIGURED);
        assertThat(select()).isOne();
        assertThat(connections.opened()).isOne();
    }

    @Test
    void aCommitThatFailsIsNobodysDataWhateverItIsCalled() {
        connections.fail("commit", new SQLException("out of range", "22003", 22003));

        assertThat(kindOfFailure()).isEqualTo(Kind.OUTAGE);
    }

    private Kind kindOfFailure() {
        return Kind.of(catchThrowable(this::select));
    }

    private int select() {
        Integer one =
                transactions.inTransaction(jdbc -> jdbc.getJdbcOperations().queryForObject("SELECT 1", Integer.class));
        return one == null ? 0 : one;
    }

    private static JdbcDataSource database() {
        var database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:");
        return database;
    }
}
