package io.wager.consumer.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in transactions of its own, read committed, with the dialect of the database. It detects the dialect at the first use, because
 * the database may be away when the process starts.
 */
public final class StoreTransactions {

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final StoreProperties properties;
    private volatile @Nullable StoreDialect dialect;

    /**
     * Opens no connection.
     *
     * @param dataSource gives the connections
     * @param properties timeouts
     */
    public StoreTransactions(DataSource dataSource, StoreProperties properties) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new StoreTransactionManager(dataSource));
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.properties = properties;
    }

    /**
     * Runs work and commits, or rolls back if it throws.
     *
     * @throws org.springframework.dao.DataAccessException if a statement or the commit fails
     * @throws org.springframework.transaction.TransactionException if there is no connection, or the commit fails
     */
    <T> T execute(Work<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> run(work)));
    }

    /**
     * Runs work and always rolls back.
     *
     * @throws org.springframework.dao.DataAccessException if a statement fails
     * @throws org.springframework.transaction.TransactionException if there is no connection
     */
    void rehearse(Work<?> work) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            var unused = run(work);
        });
    }

    private <T> @Nullable T run(Work<T> work) {
        return jdbc.execute((ConnectionCallback<T>) connection -> {
            var statements = dialect(connection);
            statements.limitLockWait(connection, properties.lockTimeout());
            return work.run(statements, connection);
        });
    }

    /**
     * Runs statements that every database understands and that return their counts, in one transaction: commits, or rolls back if the work
     * throws.
     *
     * @param work gets an object that runs statements, for its own use until it returns
     * @return what the work returned
     * @throws org.springframework.dao.DataAccessException if a statement or the commit fails
     * @throws org.springframework.transaction.TransactionException if there is no connection, or the commit fails
     */
    public <T> T inTransaction(Function<NamedParameterJdbcTemplate, T> work) {
        return execute(onTemplate(work));
    }

    /**
     * Runs statements like {@link #inTransaction}, and always rolls back.
     *
     * @param work gets an object that runs statements, for its own use until it returns
     * @throws org.springframework.dao.DataAccessException if a statement fails
     * @throws org.springframework.transaction.TransactionException if there is no connection
     */
    public void rehearseInTransaction(Function<NamedParameterJdbcTemplate, ?> work) {
        rehearse(onTemplate(work));
    }

    private <T> Work<T> onTemplate(Function<NamedParameterJdbcTemplate, T> work) {
        return (dialect, connection) -> {
            dialect.tellCounts(connection);
            // Finds the connection of the transaction by the data source.
            var statements = new JdbcTemplate(dataSource);
            statements.setQueryTimeout(dialect.queryTimeoutSeconds());
            return work.apply(new NamedParameterJdbcTemplate(statements));
        };
    }

    private StoreDialect dialect(Connection connection) throws SQLException {
        var known = dialect;
        if (known == null) {
            var product = connection.getMetaData().getDatabaseProductName();
            var timeoutSeconds = Math.toIntExact(properties.queryTimeout().toSeconds());
            known = switch (product) {
                case "H2" -> new H2Dialect();
                case "Microsoft SQL Server" -> new SqlServerDialect(timeoutSeconds);
                default -> throw new IllegalStateException("wagers can't be stored on " + product);
            };
            dialect = known;
        }
        return known;
    }

    /** Work within a transaction. */
    interface Work<T> {
        T run(StoreDialect dialect, Connection connection) throws SQLException;
    }
}
