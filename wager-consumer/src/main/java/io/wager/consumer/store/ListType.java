package io.wager.consumer.store;

import com.microsoft.sqlserver.jdbc.SQLServerDataTable;
import com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/**
 * A list of rows of binary values as one parameter of a statement, so that the database keeps one plan for all lengths: a table-valued
 * parameter on SQL Server, arrays on H2. A statement has {@code {listed}} in the place of the table {@code listed}, and no other parameter.
 * Immutable.
 */
public final class ListType {

    /** Ids, in the column {@code item}. */
    public static final ListType ID_LIST = new ListType("id_list", "item");

    /** Failures of dead letters, by {@code dead_letter_id} and {@code failure_key}. */
    public static final ListType DEAD_LETTER_FAILURE_LIST =
            new ListType("dead_letter_failure_list", "dead_letter_id", "failure_key");

    private static final String LISTED = "{listed}";
    private static final String SQL_SERVER_TABLE = "? AS listed";
    private static final String H2_ARRAY = "CAST(? AS BINARY(16) ARRAY)";

    /** The name in db/migration/sqlserver. */
    private final String tableType;

    private final List<String> columns;

    private ListType(String tableType, String... columns) {
        this.tableType = tableType;
        this.columns = List.of(columns);
    }

    /**
     * Ids as the rows of an {@link #ID_LIST}.
     *
     * @param ids distinct
     * @return one row for each
     */
    public static List<byte[][]> rows(Collection<UUID> ids) {
        return ids.stream().map(id -> new byte[][] {IdBytes.of(id)}).toList();
    }

    /**
     * Runs a query for a list.
     *
     * @param sql names the list as {@code {listed}}
     * @param rows distinct, each with a value of 16 bytes for every column
     * @param mapper makes the results
     * @return the mapper's results, in the statement's order
     * @throws org.springframework.dao.DataAccessException if it fails
     */
    public <T> List<T> query(JdbcOperations jdbc, String sql, Collection<byte[][]> rows, RowMapper<T> mapper) {
        var isH2 = Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) ListType::isH2));
        return jdbc.query(
                sql.replace(LISTED, isH2 ? h2Table() : SQL_SERVER_TABLE),
                statement -> {
                    if (isH2) {
                        setArrays(statement, rows);
                    } else {
                        setTable(statement, rows);
                    }
                },
                mapper);
    }

    private static boolean isH2(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    private String h2Table() {
        var arrays = String.join(", ", Collections.nCopies(columns.size(), H2_ARRAY));
        return columns.stream().collect(Collectors.joining(", ", "UNNEST(" + arrays + ") AS listed(", ")"));
    }

    private void setArrays(PreparedStatement statement, Collection<byte[][]> rows) throws SQLException {
        for (var column = 0; column < columns.size(); column++) {
            var index = column;
            statement.setObject(1 + column, rows.stream().map(row -> row[index]).toArray());
        }
    }

    private void setTable(PreparedStatement statement, Collection<byte[][]> rows) throws SQLException {
        var table = new SQLServerDataTable();
        for (var column : columns) {
            table.addColumnMetadata(column, Types.BINARY);
        }
        for (var row : rows) {
            table.addRow((Object[]) row);
        }
        statement.unwrap(SQLServerPreparedStatement.class).setStructured(1, tableType, table);
    }
}
