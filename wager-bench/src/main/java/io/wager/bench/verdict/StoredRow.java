package io.wager.bench.verdict;

import io.wager.core.wager.AccountId;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table wager with the names that it refers to.
 *
 * @param sequence its number
 * @param wager what it says
 * @param hash the hash that stands beside it
 */
record StoredRow(long sequence, Wager wager, ContentHash hash) {

    static StoredRow of(ResultSet row) throws SQLException {
        return new StoredRow(
                row.getLong("wager_seq"),
                new Wager(
                        new WagerId(uuid(row, "wager_id")),
                        new AccountId(uuid(row, "account_id")),
                        row.getString("username"),
                        row.getString("provider"),
                        row.getString("game"),
                        row.getString("theme"),
                        row.getBigDecimal("amount"),
                        row.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        optionalUuid(row, "transaction_id"),
                        optionalUuid(row, "brand_id"),
                        optionalUuid(row, "external_reference_id"),
                        optionalUuid(row, "transaction_type_id"),
                        row.getObject("number_of_bets", Integer.class),
                        row.getString("country_code"),
                        row.getString("session_data"),
                        row.getObject("duration_millis", Long.class)),
                ContentHash.ofBytes(row.getBytes("content_hash")));
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(optionalUuid(row, column));
    }

    static @Nullable UUID optionalUuid(ResultSet row, String column) throws SQLException {
        var bytes = row.getBytes(column);
        if (bytes == null) {
            return null;
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
