package io.wager.consumer.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as array parameters, one array for each column, divided among statements that H2's client sends with one write.
 *
 * <p>That client has a buffer of 64 KiB and leaves Nagle's algorithm on, so the end of a longer request is held back until the
 * server's side has acknowledged what came before, which Linux does after 40 ms. Many short statements are faster than one long
 * one. Embedded there is no such wait, and the division costs next to nothing.
 */
final class H2Rows {

    /** Of 64 KiB, some are the statement's. */
    private static final int MOST_BYTES = 60_000;

    private static final int TYPE_AND_LENGTH = 2 * Integer.BYTES;
    private static final int TIMESTAMP = Integer.BYTES + 2 * Long.BYTES;
    private static final int LONGEST_DECIMAL = 41;

    private H2Rows() {}

    /**
     * Runs a statement as often as it takes.
     *
     * @param sql its first parameters are the scalars, the others the columns
     * @param rows each with the values of all columns: byte arrays, strings, whole numbers, decimals, dates and times
     */
    static void update(Connection connection, String sql, List<?> scalars, List<@Nullable Object[]> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < scalars.size(); i++) {
                statement.setObject(1 + i, scalars.get(i));
            }
            for (var from = 0; from < rows.size(); ) {
                var part = rows.subList(from, end(rows, from));
                for (var column = 0; column < part.getFirst().length; column++) {
                    statement.setObject(1 + scalars.size() + column, column(part, column));
                }
                statement.executeUpdate();
                from += part.size();
            }
        }
    }

    /** At least one row, however long it is. */
    private static int end(List<@Nullable Object[]> rows, int from) {
        var bytes = bytes(rows.get(from));
        var end = from + 1;
        while (end < rows.size()) {
            bytes += bytes(rows.get(end));
            if (bytes > MOST_BYTES) {
                break;
            }
            end++;
        }
        return end;
    }

    private static @Nullable Object[] column(List<@Nullable Object[]> rows, int column) {
        var values = new @Nullable Object[rows.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = rows.get(i)[column];
        }
        return values;
    }

    private static long bytes(@Nullable Object[] row) {
        var bytes = 0L;
        for (var value : row) {
            bytes += bytes(value);
        }
        return bytes;
    }

    /** What H2's protocol makes of a value, or a little more. It sends characters as two bytes, and decimals as text. */
    private static long bytes(@Nullable Object value) {
        return switch (value) {
            case byte[] binary -> TYPE_AND_LENGTH + binary.length;
            case String text -> TYPE_AND_LENGTH + (long) Character.BYTES * text.length();
            case BigDecimal decimal -> TYPE_AND_LENGTH + Character.BYTES * LONGEST_DECIMAL;
            case null, default -> TIMESTAMP;
        };
    }
}
