package io.wager.api.schema;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says in the words of the database what the databases have no common word for: a list, as {@link ListParameter} has it, and
 * {@code COUNT_BIG}, since SQL Server's {@code COUNT} is an INT and H2's is a BIGINT. All else in a statement is understood by both.
 * Asks the database what it is at the first statement that needs to know, and no more. Safe for any number of threads.
 */
final class DialectClient implements JdbcClient {

    private static final String H2 = "H2";
    private static final String LIST = "{";
    private static final String COUNT_BIG = "COUNT_BIG(";
    private static final String COUNT = "COUNT(";

    private final JdbcClient delegate;
    private final JdbcOperations operations;
    private volatile @Nullable String product;

    DialectClient(NamedParameterJdbcOperations operations) {
        this.delegate = JdbcClient.create(operations);
        this.operations = operations.getJdbcOperations();
    }

    /**
     * {@inheritDoc}
     *
     * @throws org.springframework.dao.DataAccessException if the database has to be asked what it is and does not answer
     */
    @Override
    public StatementSpec sql(String sql) {
        return delegate.sql(sql.contains(LIST) || sql.contains(COUNT_BIG) ? translated(sql) : sql);
    }

    private String translated(String sql) {
        return product().equals(H2)
                ? ListParameter.forH2(sql).replace(COUNT_BIG, COUNT)
                : ListParameter.forSqlServer(sql);
    }

    private String product() {
        var known = product;
        if (known == null) {
            known = String.valueOf(operations.execute((ConnectionCallback<String>) DialectClient::product));
            product = known;
        }
        return known;
    }

    private static String product(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName();
    }
}
