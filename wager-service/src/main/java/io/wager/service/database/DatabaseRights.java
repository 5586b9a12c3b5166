package io.wager.service.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;

/**
 * The rights that a service's database user needs: a list in a file beside the script that grants them. Immutable.
 */
public final class DatabaseRights {

    /** H2: the user may not do this to the table; there is no such table, or none that the user may see. */
    private static final List<Integer> H2_REFUSALS = List.of(90096, 42102, 42103, 42104);

    /** SQL Server: permission denied; no such type. */
    private static final List<Integer> SQL_SERVER_REFUSALS = List.of(229, 2715);

    private static final String SELECT = "SELECT";
    private static final String TYPE_RIGHT = "EXECUTE";

    /** The function tells 1, 0, or NULL for an object that it does not know; a database without it knows the object at least. */
    private static final String HAS_RIGHT = """
            SELECT HAS_PERMS_BY_NAME(CAST(? AS NVARCHAR(128)), CAST(? AS NVARCHAR(128)), CAST(? AS NVARCHAR(128))),
                COALESCE(OBJECT_ID(CAST(? AS NVARCHAR(128))), TYPE_ID(CAST(? AS NVARCHAR(128))))
            """;

    private final List<Right> needed;

    private DatabaseRights(List<Right> needed) {
        this.needed = needed;
    }

    /**
     * Reads the list of a service.
     *
     * @param path of the list on the class path: an object a line, followed by its rights; # begins a comment
     * @return the rights
     * @throws UncheckedIOException if it can't be read
     */
    public static DatabaseRights listedIn(String path) {
        try (var stream = new ClassPathResource(path).getInputStream()) {
            return new DatabaseRights(new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(DatabaseRights::rights)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of rights can't be read: " + path, e);
        }
    }

    /**
     * Every right that is needed.
     *
     * @return in the order of the list, by object
     */
    public List<Right> needed() {
        return needed;
    }

    /**
     * The needed rights that the connection's user lacks. Changes nothing.
     *
     * @throws SQLException if the check fails
     */
    List<Right> missing(Connection connection) throws SQLException {
        return "H2".equals(connection.getMetaData().getDatabaseProductName())
                ? missingOnH2(connection)
                : missingOnSqlServer(connection);
    }

    private static Stream<Right> rights(String line) {
        var words = line.strip().split(" +", -1);
        return Arrays.stream(words, 1, words.length).map(right -> new Right(words[0], right));
    }

    private List<Right> missingOnSqlServer(Connection connection) throws SQLException {
        var missing = new ArrayList<Right>();
        try (var statement = connection.prepareStatement(HAS_RIGHT)) {
            for (var right : needed) {
                statement.setString(1, right.object());
                statement.setString(2, right.name().equals(TYPE_RIGHT) ? "TYPE" : "OBJECT");
                statement.setString(3, right.name());
                statement.setString(4, right.object());
                statement.setString(5, right.object());
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    var has = rows.getInt(1);
                    var isUnknown = rows.wasNull();
                    rows.getInt(2);
                    var isDenied = isUnknown ? rows.wasNull() : has == 0;
                    if (isDenied && !(right.name().equals(TYPE_RIGHT) && isUsable(connection, right.object()))) {
                        missing.add(right);
                    }
                }
            }
        }
        return missing;
    }

    /** Some endpoints that only speak T-SQL say no for every type; so a type is tried as well, by a variable of it. */
    private static boolean isUsable(Connection connection, String type) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DECLARE @probe " + type);
            return true;
        } catch (SQLException e) {
            if (SQL_SERVER_REFUSALS.contains(e.getErrorCode())) {
                return false;
            }
            throw e;
        }
    }

    /** H2 has no such function, and checks rights also where a statement meets no row. It has no table types. */
    private List<Right> missingOnH2(Connection connection) throws SQLException {
        var missing = new ArrayList<Right>();
        for (var right : needed) {
            // Without SELECT the others can't be tried; the next look names them.
            var isHidden = missing.contains(new Right(right.object(), SELECT));
            if (!right.name().equals(TYPE_RIGHT) && !isHidden && !isGrantedOnH2(connection, right)) {
                missing.add(right);
            }
        }
        return missing;
    }

    private static boolean isGrantedOnH2(Connection connection, Right right) throws SQLException {
        // The names are those of the list.
        var table = right.object();
        try (var statement = connection.createStatement()) {
            switch (right.name()) {
                case SELECT -> statement.execute("SELECT 1 FROM " + table + " WHERE FALSE");
                case "INSERT" -> statement.execute("INSERT INTO " + table + " SELECT * FROM " + table + " WHERE FALSE");
                case "DELETE" -> statement.execute("DELETE FROM " + table + " WHERE FALSE");
                case "UPDATE" -> {
                    var column = firstColumn(connection, table);
                    statement.execute("UPDATE " + table + " SET " + column + " = " + column + " WHERE FALSE");
                }
                default -> throw new IllegalStateException("H2 has no such right: " + right);
            }
            return true;
        } catch (SQLException e) {
            if (H2_REFUSALS.contains(e.getErrorCode())) {
                return false;
            }
            throw e;
        }
    }

    private static String firstColumn(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table + " WHERE FALSE")) {
            return rows.getMetaData().getColumnName(1);
        }
    }

    /**
     * A right on an object.
     *
     * @param object a table or a table type
     * @param name in SQL Server's spelling, such as SELECT
     */
    public record Right(String object, String name) {

        /** Refuses what is no bare name: on H2 it becomes part of a statement, where no parameter can stand. */
        public Right {
            if (!object.matches("[a-z_]+") || !name.matches("[A-Z]+")) {
                throw new IllegalArgumentException("not a right on an object: " + name + " on " + object);
            }
        }

        /** For people. */
        @Override
        public String toString() {
            return name + " on " + object;
        }
    }
}
