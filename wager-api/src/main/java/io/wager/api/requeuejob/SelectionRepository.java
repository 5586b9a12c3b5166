package io.wager.api.requeuejob;

import io.wager.api.schema.Columns;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Walks the letters of a selection in the order of archiving, in pieces whose cost is bounded. */
@Repository
class SelectionRepository {

    /** Letters looked at in one statement: a selection may match few of many. */
    private static final int WINDOW = 2_000;

    private static final String WINDOW_END = """
            SELECT COALESCE(MAX(w.dead_letter_seq), :upTo)
            FROM (
                SELECT dead_letter_seq
                FROM dead_letter
                WHERE dead_letter_seq > :through AND dead_letter_seq <= :upTo
                ORDER BY dead_letter_seq
                OFFSET 0 ROWS FETCH NEXT :window ROWS ONLY
            ) w
            """;

    /**
     * The window is read first, by the primary key, and then chosen from: left to itself, H2 goes by an index of one of the
     * conditions and sorts all that it finds there, for each piece again.
     */
    private static final String IN_WINDOW = """
            SELECT d.dead_letter_seq, d.dead_letter_id
            FROM (
                SELECT dead_letter_seq, dead_letter_id, status, reason, fingerprint, exception_type, exception_message,
                       wager_id, account_id, provider, search_text, last_failed_at
                FROM dead_letter
                WHERE dead_letter_seq > :through AND dead_letter_seq <= :end
                ORDER BY dead_letter_seq
                OFFSET 0 ROWS FETCH NEXT :window ROWS ONLY
            ) d
            WHERE\s""";

    private static final String BY_NAME = """
            SELECT d.dead_letter_seq, d.dead_letter_id
            FROM dead_letter d
            WHERE d.dead_letter_seq > :through AND d.dead_letter_seq <= :end
            AND\s""";

    private static final String FIRST_ROWS = """

            ORDER BY d.dead_letter_seq
            OFFSET 0 ROWS FETCH NEXT :rows ROWS ONLY
            """;

    private static final String FIRST = "SELECT COALESCE(MIN(dead_letter_seq), 0) FROM dead_letter";
    private static final String LAST = "SELECT COALESCE(MAX(dead_letter_seq), 0) FROM dead_letter";

    private final JdbcClient jdbc;

    SelectionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The place before the first letter. */
    long beforeFirst() {
        return jdbc.sql(FIRST).query(Long.class).single() - 1;
    }

    /** The place of the last letter. */
    long last() {
        return jdbc.sql(LAST).query(Long.class).single();
    }

    /** Up to so many letters after a place, and the place up to which all have been looked at. */
    Piece piece(Selection selection, long through, long upTo, int rows) {
        var isNamed = selection.named() > 0;
        var end = isNamed ? upTo : windowEnd(through, upTo);
        var found = jdbc.sql((isNamed ? BY_NAME : IN_WINDOW) + selection.condition() + FIRST_ROWS)
                .params(selection.parameters())
                .param("window", WINDOW)
                .param("through", through)
                .param("end", end)
                .param("rows", rows)
                .query((row, number) ->
                        new Selected(row.getLong("dead_letter_seq"), Columns.uuid(row, "dead_letter_id")))
                .list();
        return new Piece(found, found.size() == rows ? found.getLast().sequence() : Math.max(through, end));
    }

    private long windowEnd(long through, long upTo) {
        return jdbc.sql(WINDOW_END)
                .param("through", through)
                .param("upTo", upTo)
                .param("window", WINDOW)
                .query(Long.class)
                .single();
    }

    /** A letter that was selected. */
    record Selected(long sequence, UUID id) {}

    /** Letters, and how far they go. */
    record Piece(List<Selected> letters, long through) {}
}
