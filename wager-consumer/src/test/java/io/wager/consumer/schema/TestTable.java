package io.wager.consumer.schema;

import java.util.Arrays;
import org.springframework.jdbc.core.JdbcTemplate;

/** A table that tests empty and count, by statements that are written out; in an order in which they can be emptied. */
public enum TestTable {
    DEAD_LETTER_EVENT("DELETE FROM dead_letter_event", "SELECT COUNT(*) FROM dead_letter_event"),
    DEAD_LETTER_EDIT("DELETE FROM dead_letter_edit", "SELECT COUNT(*) FROM dead_letter_edit"),
    DEAD_LETTER_CONTENT("DELETE FROM dead_letter_content", "SELECT COUNT(*) FROM dead_letter_content"),
    DEAD_LETTER("DELETE FROM dead_letter", "SELECT COUNT(*) FROM dead_letter"),
    WAGER_CONFLICT("DELETE FROM wager_conflict", "SELECT COUNT(*) FROM wager_conflict"),
    WAGER("DELETE FROM wager", "SELECT COUNT(*) FROM wager"),
    PLAYER_DAY("DELETE FROM player_day", "SELECT COUNT(*) FROM player_day"),
    PLAYER("DELETE FROM player", "SELECT COUNT(*) FROM player"),
    GAME("DELETE FROM game", "SELECT COUNT(*) FROM game"),
    PROVIDER("DELETE FROM provider", "SELECT COUNT(*) FROM provider");

    private final String delete;
    private final String count;

    TestTable(String delete, String count) {
        this.delete = delete;
        this.count = count;
    }

    /** Empties every table. */
    public static void deleteAll(JdbcTemplate jdbc) {
        Arrays.stream(values()).forEach(table -> jdbc.update(table.delete));
    }

    /** How many rows it has. */
    public int count(JdbcTemplate jdbc) {
        var rows = jdbc.queryForObject(count, Integer.class);
        return rows == null ? 0 : rows;
    }
}
