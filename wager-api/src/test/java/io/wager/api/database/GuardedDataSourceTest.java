package io.wager.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.wager.api.support.HandSetClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class GuardedDataSourceTest {

    private static final int LEAST_CALLS = 3;
    private static final Duration OPEN = Duration.ofSeconds(2);

    private final HandSetClock clock = new HandSetClock();
    private final FailingPool pool = new FailingPool();
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "wager-reads",
            CircuitBreakerConfig.custom()
                    .slidingWindow(10, LEAST_CALLS, SlidingWindowType.TIME_BASED)
                    .failureRateThreshold(50)
                    .waitDurationInOpenState(OPEN)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .clock(clock)
                    .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                    .build());
    private final GuardedDataSource guarded = new GuardedDataSource(pool, () -> breaker);

    @BeforeEach
    void thereIsADatabase() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:");
        pool.setTargetDataSource(h2);
    }

    @Test
    void aPoolThatGivesNoConnectionIsNotAskedForAWhile() {
        goAway();

        assertThatThrownBy(guarded::getConnection)
                .isInstanceOfSatisfying(
                        DatabaseHeldOffException.class,
                        e -> assertThat(e.retryAfterSeconds()).isEqualTo(2));
        assertThat(pool.asked).isEqualTo(LEAST_CALLS);
    }

    @Test
    void toSpringItIsADatabaseThatCannotBeConnectedTo() {
        goAway();
        var query = JdbcClient.create(guarded).sql("SELECT 1").query(Integer.class);

        assertThatThrownBy(query::single).isInstanceOf(CannotGetJdbcConnectionException.class);
    }

    @Test
    void oneProbeThatSucceedsBringsTheReadsBack() throws SQLException {
        goAway();
        pool.isAway = false;
        clock.pass(OPEN.plusMillis(1));

        read();
        read();

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void aProbeThatFailsHoldsTheReadsOffAgain() {
        goAway();
        clock.pass(OPEN.plusMillis(1));

        assertThatThrownBy(guarded::getConnection).isNotInstanceOf(DatabaseHeldOffException.class);
        assertThatThrownBy(guarded::getConnection).isInstanceOf(DatabaseHeldOffException.class);
    }

    @Test
    void whatFailsOnAConnectionIsNoOutage() throws SQLException {
        for (var i = 0; i < 10 * LEAST_CALLS; i++) {
            try (var connection = guarded.getConnection();
                    var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("SELECT nothing FROM nowhere"))
                        .isInstanceOf(SQLException.class);
            }
        }

        read();
    }

    private void goAway() {
        pool.isAway = true;
        for (var i = 0; i < LEAST_CALLS; i++) {
            assertThatThrownBy(guarded::getConnection).isNotInstanceOf(DatabaseHeldOffException.class);
        }
    }

    private void read() throws SQLException {
        try (var connection = guarded.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    /** Gives connections, or none, and counts how often it is asked. */
    private static final class FailingPool extends DelegatingDataSource {

        private boolean isAway;
        private int asked;

        @Override
        public Connection getConnection() throws SQLException {
            asked++;
            if (isAway) {
                throw new SQLTransientConnectionException("told to fail");
            }
            return super.getConnection();
        }
    }
}
