package io.wager.standalone.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Remembers, in the time after a process that ended without closing the file, which deliveries have begun. Its rows go in the
 * transaction that removes their messages. Commits nothing.
 */
final class HandOutTable {

    private HandOutTable() {}

    static void create(Statement statement) throws SQLException {
        statement.execute("""
                CREATE TABLE IF NOT EXISTS "handed_out" (
                    queue VARCHAR(255) NOT NULL,
                    id BIGINT NOT NULL,
                    attempts INT NOT NULL,
                    PRIMARY KEY (queue, id)
                )""");
    }

    /** At the start: after an orderly end nothing is suspected; after any other, nothing that is gone, whose id may come again. */
    static void tidy(Connection connection, Collection<String> queues, boolean wasLeftOpen) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (!wasLeftOpen) {
                statement.execute("DELETE FROM \"handed_out\"");
            }
            for (var queue : queues) {
                statement.execute("DELETE FROM \"handed_out\" h WHERE queue = '" + queue
                        + "' AND NOT EXISTS (SELECT 1 FROM \"" + queue + "\" q WHERE q.id = h.id)");
            }
        }
    }

    static void record(Connection connection, String queue, List<QueueState.Taken> batch) throws SQLException {
        try (var statement = connection.prepareStatement(
                "MERGE INTO \"handed_out\" (queue, id, attempts) KEY (queue, id) VALUES (?, ?, ?)")) {
            for (var taken : batch) {
                statement.setString(1, queue);
                statement.setLong(2, taken.stored().id());
                statement.setInt(3, taken.attempt());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static void forget(Connection connection, String queue, List<Long> ids) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM \"handed_out\" WHERE queue = ? AND id = ?")) {
            for (var id : ids) {
                statement.setString(1, queue);
                statement.setLong(2, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static List<HandedOut> read(Connection connection, String queue) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT h.id, h.attempts, OCTET_LENGTH(q.body) FROM \"handed_out\" h JOIN \"" + queue
                        + "\" q ON q.id = h.id WHERE h.queue = ?")) {
            statement.setString(1, queue);
            List<HandedOut> found = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new HandedOut(rows.getLong(1), rows.getInt(2), rows.getInt(3)));
                }
            }
            return found;
        }
    }

    /**
     * A message that was handed out when the process before ended.
     *
     * @param id its row
     * @param attempts which delivery that was
     * @param bytes of its body
     */
    record HandedOut(long id, int attempts, int bytes) {}
}
