package io.wager.consumer.deadletter;

import io.wager.consumer.store.StoreTransactions;
import io.wager.core.deadletter.DeadLetterStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Deletes dead letters with all their parts. Safe with several instances at once: the row of a letter is deleted first, only if it
 * is still what it was when it was found, and only whoever deletes it deletes its parts.
 */
final class SettledDeadLetterRepository {

    /** Not those of an unfinished job, which still reads them. */
    private static final String FIND = """
            SELECT dead_letter_id
            FROM dead_letter
            WHERE status = CAST(:status AS VARCHAR(9)) AND status_changed_at < :before AND job_id IS NULL
            ORDER BY status_changed_at
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final String DELETE_LETTER = """
            DELETE FROM dead_letter
            WHERE dead_letter_id = CAST(:id AS BINARY(16)) AND status = CAST(:status AS VARCHAR(9))
            AND status_changed_at < :before AND job_id IS NULL
            """;

    private static final List<String> DELETE_PARTS = List.of(
            "DELETE FROM dead_letter_content WHERE dead_letter_id = CAST(:id AS BINARY(16))",
            "DELETE FROM dead_letter_edit WHERE dead_letter_id = CAST(:id AS BINARY(16))",
            "DELETE FROM dead_letter_event WHERE dead_letter_id = CAST(:id AS BINARY(16))");

    private final StoreTransactions transactions;

    SettledDeadLetterRepository(StoreTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Deletes, in one transaction, letters that have been in a status for a while.
     *
     * @param before those whose status has not changed since then
     * @param limit the most letters, up to 1,000
     * @return how many were deleted; fewer than the limit may mean that another instance was faster
     */
    int delete(DeadLetterStatus status, Instant before, int limit) {
        return transactions.inTransaction(jdbc -> {
            var criteria = new MapSqlParameterSource("status", status.wireForm())
                    .addValue("before", LocalDateTime.ofInstant(before, ZoneOffset.UTC))
                    .addValue("limit", limit);
            var found = jdbc.query(FIND, criteria, (row, number) -> row.getBytes(1));
            var deleted = deleteLetters(jdbc, criteria, found);
            if (!deleted.isEmpty()) {
                var ids = deleted.stream()
                        .map(id -> new MapSqlParameterSource("id", id))
                        .toArray(MapSqlParameterSource[]::new);
                DELETE_PARTS.forEach(sql -> jdbc.batchUpdate(sql, ids));
            }
            return deleted.size();
        });
    }

    private static List<byte[]> deleteLetters(
            NamedParameterJdbcTemplate jdbc, MapSqlParameterSource criteria, List<byte[]> ids) {
        var counts = jdbc.batchUpdate(
                DELETE_LETTER,
                ids.stream()
                        .map(id -> new MapSqlParameterSource(criteria.getValues()).addValue("id", id))
                        .toArray(MapSqlParameterSource[]::new));
        var deleted = new ArrayList<byte[]>();
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                deleted.add(ids.get(i));
            }
        }
        return deleted;
    }
}
