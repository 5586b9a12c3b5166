package io.wager.bench.speed.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * How rows came into the table of wagers, by the times that the batches wrote into them: the same yardstick for whatever wrote
 * them, which costs nothing while they are written.
 *
 * @param steps one for each batch, in order of time
 */
public record StoredRows(List<Step> steps) {

    private static final double MICROS_PER_SECOND = 1_000_000;

    /** Copies the steps. */
    public StoredRows {
        steps = List.copyOf(steps);
    }

    /**
     * A batch.
     *
     * @param seconds when it began, from the first batch on
     * @param rows how many rows there were with it, from 1
     */
    public record Step(double seconds, long rows) {}

    /** The number of the row that was stored last; 0 without any. */
    public static long lastSequence(Connection connection) throws SQLException {
        return number(connection, "SELECT COALESCE(MAX(wager_seq), 0) FROM wager");
    }

    /** How many rows there are. */
    public static long count(Connection connection) throws SQLException {
        return number(connection, "SELECT COUNT(*) FROM wager");
    }

    /**
     * Reads them.
     *
     * @param connection to the database
     * @param sequence the number of the last row before them, as {@link #lastSequence} tells
     */
    public static StoredRows since(Connection connection, long sequence) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT stored_at, COUNT(*)
                FROM wager
                WHERE wager_seq > ?
                GROUP BY stored_at
                ORDER BY stored_at
                """)) {
            statement.setLong(1, sequence);
            try (var result = statement.executeQuery()) {
                var steps = new ArrayList<Step>();
                LocalDateTime first = null;
                long rows = 0;
                while (result.next()) {
                    var at = result.getObject(1, LocalDateTime.class);
                    first = first == null ? at : first;
                    rows += result.getLong(2);
                    steps.add(new Step(ChronoUnit.MICROS.between(first, at) / MICROS_PER_SECOND, rows));
                }
                return new StoredRows(steps);
            }
        }
    }

    /** How many rows came. */
    public long rows() {
        return steps.isEmpty() ? 0 : steps.getLast().rows();
    }

    /**
     * Rows per second between two marks: of the batches that began after the one which reached the first mark, up to the one
     * which reached the second.
     *
     * @param from the share of the rows at the first mark, from 0
     * @param to at the second, to 1
     * @throws IllegalStateException if both marks were reached at the same time, so that nothing can be told
     */
    public double perSecond(double from, double to) {
        var first = at(from);
        var last = at(to);
        if (last.seconds() <= first.seconds()) {
            throw new IllegalStateException("too few batches to tell a rate: " + steps.size());
        }
        return (last.rows() - first.rows()) / (last.seconds() - first.seconds());
    }

    private Step at(double share) {
        var mark = share * rows();
        return steps.stream()
                .filter(step -> step.rows() >= mark)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no row was stored"));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
