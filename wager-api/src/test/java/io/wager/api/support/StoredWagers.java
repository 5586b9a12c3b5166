package io.wager.api.support;

import io.wager.api.schema.Columns;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts rows where the consumer would: a wager, its player's totals and its day's totals, one at a time. */
public final class StoredWagers {

    private static final Instant STORED_AT = Instant.parse("2026-11-21T00:00:00Z");

    private final JdbcClient jdbc;

    /** Writes through a client. */
    public StoredWagers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes everything out. */
    public void clear() {
        jdbc.sql("DELETE FROM wager_conflict").update();
        jdbc.sql("DELETE FROM wager").update();
        jdbc.sql("DELETE FROM player_day").update();
        jdbc.sql("DELETE FROM player").update();
        jdbc.sql("DELETE FROM game").update();
        jdbc.sql("DELETE FROM provider").update();
    }

    /** Stores wagers that are not stored yet. */
    public void store(Wager... wagers) {
        for (var wager : wagers) {
            storeOne(wager);
        }
    }

    /** Notes that another content came for a stored wager. */
    public void conflict(WagerId wagerId, byte[] contentHash) {
        jdbc.sql("INSERT INTO wager_conflict (wager_id, content_hash, first_seen_at) VALUES (?, ?, ?)")
                .params(Columns.bytes(wagerId.value()), contentHash, Columns.utc(STORED_AT))
                .update();
    }

    private void storeOne(Wager wager) {
        var day =
                LocalDateTime.ofInstant(wager.createdDateTime(), ZoneOffset.UTC).toLocalDate();
        var accountId = Columns.bytes(wager.accountId().value());
        jdbc.sql("""
                        INSERT INTO wager (wager_id, account_id, username, game_id, theme, amount, created_at,
                            transaction_id, brand_id, external_reference_id, transaction_type_id, number_of_bets,
                            country_code, session_data, duration_millis, content_hash, stored_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        Columns.bytes(wager.wagerId().value()),
                        accountId,
                        wager.username(),
                        gameId(providerId(wager.provider()), wager.gameName()),
                        wager.theme(),
                        wager.amount(),
                        Columns.utc(wager.createdDateTime()),
                        optional(wager.transactionId()),
                        optional(wager.brandId()),
                        optional(wager.externalReferenceId()),
                        optional(wager.transactionTypeId()),
                        wager.numberOfBets(),
                        wager.countryCode(),
                        wager.sessionData(),
                        wager.durationMillis(),
                        ContentHash.of(wager).bytes(),
                        Columns.utc(STORED_AT))
                .update();
        // Names are kept as the first wager stored says: which one is shown is the consumer's affair.
        if (jdbc.sql(
                                "UPDATE player SET total_amount = total_amount + ?, wager_count = wager_count + 1 WHERE account_id = ?")
                        .params(wager.amount(), accountId)
                        .update()
                == 0) {
            jdbc.sql("""
                            INSERT INTO player (account_id, username, username_created_at, username_wager_id,
                                total_amount, wager_count)
                            VALUES (?, ?, ?, ?, ?, 1)
                            """)
                    .params(
                            accountId,
                            wager.username(),
                            Columns.utc(wager.createdDateTime()),
                            Columns.bytes(wager.wagerId().value()),
                            wager.amount())
                    .update();
        }
        if (jdbc.sql("""
                                UPDATE player_day SET total_amount = total_amount + ?, wager_count = wager_count + 1
                                WHERE created_on = ? AND account_id = ?
                                """).params(wager.amount(), day, accountId).update() == 0) {
            jdbc.sql("INSERT INTO player_day (created_on, account_id, total_amount, wager_count) VALUES (?, ?, ?, 1)")
                    .params(day, accountId, wager.amount())
                    .update();
        }
    }

    private int providerId(String name) {
        var hash = Columns.nameHash(name);
        jdbc.sql(
                        "INSERT INTO provider (name, name_hash) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM provider WHERE name_hash = ?)")
                .params(name, hash, hash)
                .update();
        return jdbc.sql("SELECT provider_id FROM provider WHERE name_hash = ?")
                .param(hash)
                .query(Integer.class)
                .single();
    }

    private int gameId(int providerId, String name) {
        var hash = Columns.nameHash(name);
        jdbc.sql("""
                        INSERT INTO game (provider_id, name, name_hash) SELECT ?, ?, ?
                        WHERE NOT EXISTS (SELECT 1 FROM game WHERE provider_id = ? AND name_hash = ?)
                        """).params(providerId, name, hash, providerId, hash).update();
        return jdbc.sql("SELECT game_id FROM game WHERE provider_id = ? AND name_hash = ?")
                .params(providerId, hash)
                .query(Integer.class)
                .single();
    }

    /** SQL Server takes no null of another type for a binary column. */
    private static SqlParameterValue optional(@Nullable UUID id) {
        return new SqlParameterValue(Types.BINARY, id == null ? null : Columns.bytes(id));
    }
}
