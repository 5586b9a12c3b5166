package io.wager.bench.speed.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The indexes of the table of wagers whose entries come at random places. Made after millions of rows, they are sorted once;
 * kept while the rows come, each row changes a page of each.
 */
final class WagerIndexes {

    private static final Pattern INDEX = Pattern.compile("CREATE INDEX (\"PUBLIC\"\\.\"\\w+\") ON .*", Pattern.DOTALL);
    private static final Pattern UNIQUE = Pattern.compile(
            "ALTER TABLE (\"PUBLIC\"\\.\"\\w+\") ADD CONSTRAINT (\"PUBLIC\"\\.\"\\w+\") UNIQUE .*", Pattern.DOTALL);

    private WagerIndexes() {}

    /**
     * Drops them.
     *
     * @return the statements that make them again as they were
     */
    static List<String> drop(Connection connection) throws SQLException {
        List<String> creations = new ArrayList<>();
        List<String> drops = new ArrayList<>();
        try (var statement = connection.createStatement()) {
            try (var script = statement.executeQuery("SCRIPT NODATA NOPASSWORDS NOSETTINGS TABLE wager")) {
                while (script.next()) {
                    var sql = script.getString(1);
                    var index = INDEX.matcher(sql);
                    var unique = UNIQUE.matcher(sql);
                    if (index.matches()) {
                        drops.add("DROP INDEX " + index.group(1));
                        creations.add(sql);
                    } else if (unique.matches()) {
                        drops.add("ALTER TABLE " + unique.group(1) + " DROP CONSTRAINT " + unique.group(2));
                        creations.add(sql);
                    }
                }
            }
            for (var drop : drops) {
                statement.execute(drop);
            }
        }
        return creations;
    }

    /** Makes them again. */
    static void create(Connection connection, List<String> creations) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var creation : creations) {
                statement.execute(creation);
            }
        }
    }
}
