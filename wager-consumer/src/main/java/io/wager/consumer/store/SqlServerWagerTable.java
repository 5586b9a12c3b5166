package io.wager.consumer.store;

import com.microsoft.sqlserver.jdbc.SQLServerDataTable;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.Types;
import java.util.List;

/** The wagers of a batch as a table of type {@code wager_batch}; columns and values in the order of the type. */
final class SqlServerWagerTable {

    private SqlServerWagerTable() {}

    static SQLServerDataTable of(List<WagerRow> rows, int[] gameIds) throws SQLServerException {
        var table = new SQLServerDataTable();
        table.addColumnMetadata("wager_id", Types.BINARY);
        table.addColumnMetadata("account_id", Types.BINARY);
        table.addColumnMetadata("username", Types.NVARCHAR);
        table.addColumnMetadata("game_id", Types.INTEGER);
        table.addColumnMetadata("theme", Types.NVARCHAR);
        table.addColumnMetadata("amount", Types.DECIMAL);
        table.addColumnMetadata("created_at", Types.NVARCHAR);
        table.addColumnMetadata("transaction_id", Types.BINARY);
        table.addColumnMetadata("brand_id", Types.BINARY);
        table.addColumnMetadata("external_reference_id", Types.BINARY);
        table.addColumnMetadata("transaction_type_id", Types.BINARY);
        table.addColumnMetadata("number_of_bets", Types.INTEGER);
        table.addColumnMetadata("country_code", Types.NCHAR);
        table.addColumnMetadata("session_data", Types.NVARCHAR);
        table.addColumnMetadata("duration_millis", Types.BIGINT);
        table.addColumnMetadata("content_hash", Types.BINARY);
        for (var i = 0; i < rows.size(); i++) {
            addRow(table, rows.get(i), gameIds[i]);
        }
        return table;
    }

    @SuppressWarnings("NullAway") // The driver takes null for NULL; its parameter says nothing about it.
    private static void addRow(SQLServerDataTable table, WagerRow row, int gameId) throws SQLServerException {
        var wager = row.wager();
        table.addRow(
                IdBytes.of(wager.wagerId().value()),
                IdBytes.of(wager.accountId().value()),
                wager.username(),
                gameId,
                wager.theme(),
                SqlServerDialect.decimal(wager.amount()),
                SqlServerDialect.timestamp(wager.createdDateTime()),
                IdBytes.ofNullable(wager.transactionId()),
                IdBytes.ofNullable(wager.brandId()),
                IdBytes.ofNullable(wager.externalReferenceId()),
                IdBytes.ofNullable(wager.transactionTypeId()),
                wager.numberOfBets(),
                wager.countryCode(),
                wager.sessionData(),
                wager.durationMillis(),
                row.hash().bytes());
    }
}
