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
    private static final long WINDOW = 10_000;

    private static final String PIECE_HEAD = """
            SELECT d.dead_letter_seq, d.dead_letter_id
            FROM dead_letter d
            WHERE d.dead_letter_seq > :through AND d.dead_letter_seq <= :end
            AND\s""";

    private static final String PIECE_TAIL = """

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
        var end = selection.named() > 0 ? upTo : Math.min(upTo, through + WINDOW);
        var found = jdbc.sql(PIECE_HEAD + selection.condition() + PIECE_TAIL)
                .params(selection.parameters())
                .param("through", through)
                .param("end", end)
                .param("rows", rows)
                .query((row, number) ->
                        new Selected(row.getLong("dead_letter_seq"), Columns.uuid(row, "dead_letter_id")))
                .list();
        return new Piece(found, found.size() == rows ? found.getLast().sequence() : Math.max(through, end));
    }

    /** A letter that was selected. */
    record Selected(long sequence, UUID id) {}

    /** Letters, and how far they go. */
    record Piece(List<Selected> letters, long through) {}
}
