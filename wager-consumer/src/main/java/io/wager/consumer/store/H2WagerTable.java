package io.wager.consumer.store;

import io.wager.core.wager.ContentHash;
import io.wager.core.wager.WagerId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of wagers on H2: which of a batch are stored, and storing the others. */
final class H2WagerTable {

    private static final String FIND = """
            SELECT w.wager_id, w.content_hash
            FROM UNNEST(CAST(? AS BINARY(16) ARRAY)) AS asked(wager_id)
            JOIN wager w ON w.wager_id = asked.wager_id
            """;

    /**
     * One statement for many rows: a JDBC batch runs one for each. Texts go as UTF-8, since H2's protocol sends characters one by
     * one and bytes as a block.
     */
    private static final String ADD = """
            INSERT INTO wager (wager_id, account_id, username, game_id, theme, amount, created_at, transaction_id, brand_id,
                external_reference_id, transaction_type_id, number_of_bets, country_code, session_data, duration_millis,
                content_hash, stored_at)
            SELECT wager_id, account_id, UTF8TOSTRING(username), game_id, UTF8TOSTRING(theme), amount, created_at,
                transaction_id, brand_id, external_reference_id, transaction_type_id, number_of_bets, country_code,
                UTF8TOSTRING(session_data), duration_millis, content_hash, CAST(? AS TIMESTAMP(7))
            FROM UNNEST(
                CAST(? AS BINARY(16) ARRAY), CAST(? AS BINARY(16) ARRAY), CAST(? AS VARBINARY ARRAY),
                CAST(? AS INT ARRAY), CAST(? AS VARBINARY ARRAY), CAST(? AS DECIMAL(33, 18) ARRAY),
                CAST(? AS TIMESTAMP(7) ARRAY), CAST(? AS BINARY(16) ARRAY), CAST(? AS BINARY(16) ARRAY),
                CAST(? AS BINARY(16) ARRAY), CAST(? AS BINARY(16) ARRAY), CAST(? AS INT ARRAY), CAST(? AS CHAR(2) ARRAY),
                CAST(? AS VARBINARY ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BINARY(33) ARRAY))
                AS n(wager_id, account_id, username, game_id, theme, amount, created_at, transaction_id, brand_id,
                    external_reference_id, transaction_type_id, number_of_bets, country_code, session_data,
                    duration_millis, content_hash)
            """;

    private H2WagerTable() {}

    /** As {@link StoreDialect#insertNew}. */
    static Map<WagerId, ContentHash> insertNew(
            Connection connection, List<WagerRow> rows, int[] gameIds, Instant storedAt) throws SQLException {
        var known = find(connection, rows);
        List<@Nullable Object[]> added = new ArrayList<>(rows.size());
        for (var i = 0; i < rows.size(); i++) {
            if (!known.containsKey(rows.get(i).wager().wagerId())) {
                added.add(columns(rows.get(i), gameIds[i]));
            }
        }
        H2Rows.update(connection, ADD, List.of(H2Dialect.local(storedAt)), added);
        return known;
    }

    private static Map<WagerId, ContentHash> find(Connection connection, List<WagerRow> rows) throws SQLException {
        var known = new HashMap<WagerId, ContentHash>();
        try (var statement = connection.prepareStatement(FIND)) {
            statement.setObject(
                    1,
                    rows.stream()
                            .map(row -> IdBytes.of(row.wager().wagerId().value()))
                            .toArray());
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    known.put(new WagerId(IdBytes.toUuid(result.getBytes(1))), ContentHash.ofBytes(result.getBytes(2)));
                }
            }
        }
        return known;
    }

    private static @Nullable Object[] columns(WagerRow row, int gameId) {
        var wager = row.wager();
        return new @Nullable Object[] {
            IdBytes.of(wager.wagerId().value()),
            IdBytes.of(wager.accountId().value()),
            utf8(wager.username()),
            gameId,
            utf8(wager.theme()),
            wager.amount(),
            H2Dialect.local(wager.createdDateTime()),
            IdBytes.ofNullable(wager.transactionId()),
            IdBytes.ofNullable(wager.brandId()),
            IdBytes.ofNullable(wager.externalReferenceId()),
            IdBytes.ofNullable(wager.transactionTypeId()),
            wager.numberOfBets(),
            wager.countryCode(),
            utf8(wager.sessionData()),
            wager.durationMillis(),
            row.hash().bytes()
        };
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
