package io.wager.consumer.reconcile.database;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.wager.consumer.store.StoreProperties;
import io.wager.consumer.store.StoreTransactions;
import io.wager.service.database.DatabaseFaults;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Short transactions, read committed. Each is repeated a few times after a failure that passes by itself: a deadlock, a foreign lock, a
 * broken connection. Used by one thread.
 */
public final class ReconcileDatabase {

    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final double GROWTH = 2;
    private static final double RANDOMNESS = 0.5;

    /** Reading a player with years of wagers takes longer than storing a batch. */
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(10);

    private final StoreTransactions transactions;
    private final ReconcileStatements statements;
    private final Retry retry;

    private ReconcileDatabase(StoreTransactions transactions, ReconcileStatements statements) {
        this.transactions = transactions;
        this.statements = statements;
        this.retry = Retry.of(
                "reconcile",
                RetryConfig.custom()
                        .maxAttempts(ATTEMPTS)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                                FIRST_WAIT, GROWTH, RANDOMNESS, LONGEST_WAIT))
                        .retryOnException(ReconcileDatabase::passes)
                        .build());
    }

    /**
     * Asks once which database it is.
     *
     * @param dataSource SQL Server or H2
     * @param lockTimeout longest wait for another's lock
     * @throws org.springframework.dao.DataAccessException if it does not answer
     * @throws IllegalStateException if it is another database
     */
    public static ReconcileDatabase open(DataSource dataSource, Duration lockTimeout) {
        var product = new JdbcTemplate(dataSource)
                .execute((ConnectionCallback<String>) connection -> product(connection.getMetaData()));
        var statements = switch (String.valueOf(product)) {
            case "H2" -> new H2Statements();
            case "Microsoft SQL Server" -> new SqlServerStatements();
            default -> throw new IllegalStateException("wagers can't be stored on " + product);
        };
        var properties = new StoreProperties(lockTimeout, QUERY_TIMEOUT, 1);
        return new ReconcileDatabase(new StoreTransactions(dataSource, properties), statements);
    }

    private static String product(DatabaseMetaData database) throws SQLException {
        return database.getDatabaseProductName();
    }

    /** The differences between the databases. */
    public ReconcileStatements statements() {
        return statements;
    }

    /**
     * Runs work in a transaction.
     *
     * @param work may run several times, each in a transaction of its own; only the last is committed
     * @throws org.springframework.dao.DataAccessException if it fails, after all tries where the failure may pass
     * @throws org.springframework.transaction.TransactionException if there is no connection
     */
    public <T> T inTransaction(Function<NamedParameterJdbcTemplate, T> work) {
        return retry.executeSupplier(() -> transactions.inTransaction(work));
    }

    /** The same for work that locks: the ingest has precedence. */
    public <T> T inLockingTransaction(Function<NamedParameterJdbcTemplate, T> work) {
        return inTransaction(jdbc -> {
            statements.yieldInDeadlocks(jdbc.getJdbcOperations());
            return work.apply(jdbc);
        });
    }

    private static boolean passes(Throwable failure) {
        return DatabaseFaults.isOutage(failure) || DatabaseFaults.isDuplicateKey(failure);
    }
}
