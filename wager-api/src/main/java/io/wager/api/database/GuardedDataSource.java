package io.wager.api.database;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool behind a circuit breaker: while the database is away a request does not wait until the pool gives up, but fails at
 * once. Only getting a connection counts; what is done with it has time limits of its own. Safe for any number of threads.
 */
final class GuardedDataSource extends DelegatingDataSource {

    private static final int FIRST_ATTEMPT = 1;

    private final Supplier<CircuitBreaker> breaker;

    /**
     * Guards a pool.
     *
     * @param pool where connections come from
     * @param breaker asked for at the first connection and later
     */
    GuardedDataSource(DataSource pool, Supplier<CircuitBreaker> breaker) {
        super(pool);
        this.breaker = breaker;
    }

    /**
     * {@inheritDoc}
     *
     * @throws DatabaseHeldOffException while the breaker is open
     */
    @Override
    public Connection getConnection() throws SQLException {
        return guarded(super::getConnection);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return guarded(() -> super.getConnection(username, password));
    }

    private Connection guarded(Opening opening) throws SQLException {
        var guard = breaker.get();
        if (!guard.tryAcquirePermission()) {
            throw new DatabaseHeldOffException(guard.getName(), secondsOpen(guard));
        }
        var start = guard.getCurrentTimestamp();
        try {
            var connection = opening.open();
            guard.onSuccess(guard.getCurrentTimestamp() - start, guard.getTimestampUnit());
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            guard.onError(guard.getCurrentTimestamp() - start, guard.getTimestampUnit(), e);
            throw e;
        }
    }

    private static int secondsOpen(CircuitBreaker guard) {
        var millis = guard.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(FIRST_ATTEMPT);
        return Math.max(1, Math.toIntExact(Math.ceilDiv(millis, 1_000L)));
    }

    /** Gets a connection from the pool. */
    private interface Opening {
        Connection open() throws SQLException;
    }
}
