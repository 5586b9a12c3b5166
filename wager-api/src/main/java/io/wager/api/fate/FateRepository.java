package io.wager.api.fate;

import io.wager.api.schema.Columns;
import io.wager.api.schema.ListParameter;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds stored wagers by their ids. */
@Repository
class FateRepository {

    private static final String FIND_ONE = """
            SELECT w.wager_id, w.account_id, w.username, p.name AS provider_name, g.name AS game_name, w.theme,
                   w.amount, w.created_at, w.transaction_id, w.brand_id, w.external_reference_id,
                   w.transaction_type_id, w.number_of_bets, w.country_code, w.session_data, w.duration_millis,
                   (SELECT COUNT_BIG(*) FROM wager_conflict c WHERE c.wager_id = w.wager_id) AS conflicts
            FROM wager w
            JOIN game g ON g.game_id = w.game_id
            JOIN provider p ON p.provider_id = g.provider_id
            WHERE w.wager_id = CAST(:wagerId AS BINARY(16))
            """;

    private static final String FIND_CONFLICTS = """
            SELECT w.wager_id, (SELECT COUNT_BIG(*) FROM wager_conflict c WHERE c.wager_id = w.wager_id) AS conflicts
            FROM wager w
            WHERE {w.wager_id in ids :wagerIds}
            """;

    private final JdbcClient jdbc;

    FateRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StoredWager> find(WagerId wagerId) {
        return jdbc.sql(FIND_ONE)
                .param("wagerId", Columns.bytes(wagerId.value()))
                .query(FateRepository::storedWager)
                .optional();
    }

    /**
     * How many conflicts each stored wager has.
     *
     * @param wagerIds up to 1,000
     * @return only those that are stored
     */
    Map<UUID, Integer> conflicts(Collection<UUID> wagerIds) {
        Map<UUID, Integer> found = new HashMap<>();
        jdbc.sql(FIND_CONFLICTS).param("wagerIds", ListParameter.ids(wagerIds)).query(row -> {
            found.put(Columns.uuid(row, "wager_id"), row.getInt("conflicts"));
        });
        return found;
    }

    private static StoredWager storedWager(ResultSet row, int ignoredNumber) throws SQLException {
        var wager = new Wager(
                new WagerId(Columns.uuid(row, "wager_id")),
                new AccountId(Columns.uuid(row, "account_id")),
                row.getString("username"),
                row.getString("provider_name"),
                row.getString("game_name"),
                row.getString("theme"),
                row.getBigDecimal("amount"),
                Columns.instant(row, "created_at"),
                Columns.optionalUuid(row, "transaction_id"),
                Columns.optionalUuid(row, "brand_id"),
                Columns.optionalUuid(row, "external_reference_id"),
                Columns.optionalUuid(row, "transaction_type_id"),
                optionalInt(row, "number_of_bets"),
                row.getString("country_code"),
                row.getString("session_data"),
                optionalLong(row, "duration_millis"));
        return new StoredWager(wager, row.getInt("conflicts"));
    }

    private static @Nullable Integer optionalInt(ResultSet row, String column) throws SQLException {
        var value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Long optionalLong(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /**
     * A wager as it is stored.
     *
     * @param wager the wager
     * @param conflicts how many distinct other contents came for its id
     */
    record StoredWager(Wager wager, int conflicts) {}
}
