package io.wager.standalone.queue;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.messaging.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues' H2 file: a table for each queue, named as the queue. Two connections: one for the writer's thread alone, one
 * for whoever reads, under a lock.
 *
 * <p>Written with {@code WRITE_DELAY=0}, so that a commit is in the file before it returns: the default would keep half a
 * second of commits in memory. {@code MAX_COMPACT_TIME=0} keeps H2 from moving chunks while it closes; the file is
 * compacted by {@link #compact}, which copies into a new file. The time that dead chunks are kept stays at H2's default:
 * there are reports of files that would not open again where it was shortened.
 */
final class QueueDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueDatabase.class);
    private static final String COLUMNS =
            "id, exchange, routing_key, message_id, type, content_type, correlation_id, published_at, headers, body";

    private final Path file;
    private final List<String> queues;
    private final Lock reading = new ReentrantLock();
    private Connection writer;
    private Connection reader;

    QueueDatabase(Path file, Collection<String> queues) throws SQLException {
        this.file = file.toAbsolutePath().normalize();
        this.queues = List.copyOf(queues);
        writer = connect();
        reader = openRest(writer);
    }

    private Connection connect() throws SQLException {
        // H2 copies tables in parallel on larger machines, and 2.4.240 can fail in it (h2database#4286).
        System.setProperty("h2.compactThreads", "1");
        var database = new JdbcDataSource();
        database.setUrl(
                "jdbc:h2:file:" + file + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1");
        database.setUser("wager");
        return database.getConnection();
    }

    private Connection openRest(Connection first) throws SQLException {
        try (var statement = first.createStatement()) {
            for (var queue : queues) {
                statement.execute("""
                        CREATE TABLE IF NOT EXISTS "%s" (
                            id BIGINT NOT NULL PRIMARY KEY,
                            exchange VARCHAR(255) NOT NULL,
                            routing_key VARCHAR(255) NOT NULL,
                            message_id VARCHAR,
                            type VARCHAR,
                            content_type VARCHAR,
                            correlation_id VARCHAR,
                            published_at TIMESTAMP(9) WITH TIME ZONE,
                            headers VARCHAR NOT NULL,
                            body VARBINARY NOT NULL
                        )""".formatted(queue));
            }
        }
        first.setAutoCommit(false);
        return connect();
    }

    /** Number of rows, bytes of their bodies and highest id of a queue. */
    Extent extent(String queue) throws SQLException {
        reading.lock();
        try (var statement = reader.createStatement();
                var rows = statement.executeQuery(
                        "SELECT COUNT(*), COALESCE(SUM(OCTET_LENGTH(body)), 0), COALESCE(MAX(id), 0) FROM \"" + queue
                                + "\"")) {
            rows.next();
            return new Extent(rows.getLong(1), rows.getLong(2), rows.getLong(3));
        } finally {
            reading.unlock();
        }
    }

    /** Only on the writer's thread. */
    void insert(String queue, Collection<StoredMessage> messages) throws SQLException {
        try (var statement = writer.prepareStatement(
                "INSERT INTO \"" + queue + "\" (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (var stored : messages) {
                bind(statement, stored);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Deletes rows, a run of neighbouring ids by its range. Only on the writer's thread.
     *
     * @param ids in ascending order
     */
    void delete(String queue, List<Long> ids) throws SQLException {
        try (var statement = writer.prepareStatement("DELETE FROM \"" + queue + "\" WHERE id BETWEEN ? AND ?")) {
            for (var from = 0; from < ids.size(); ) {
                var to = from;
                while (to + 1 < ids.size() && ids.get(to + 1) == ids.get(to) + 1) {
                    to++;
                }
                statement.setLong(1, ids.get(from));
                statement.setLong(2, ids.get(to));
                statement.addBatch();
                from = to + 1;
            }
            statement.executeBatch();
        }
    }

    /** Only on the writer's thread. */
    void commit() throws SQLException {
        writer.commit();
    }

    /** Only on the writer's thread. Never throws: it follows a failure that is already told. */
    void rollback() {
        try {
            writer.rollback();
        } catch (SQLException e) {
            LOG.warn("The embedded queue could not roll back", e);
        }
    }

    /** The committed rows with the next higher ids, ascending. */
    List<StoredMessage> readAfter(String queue, long id, int limit) throws SQLException {
        return read("SELECT " + COLUMNS + " FROM \"" + queue + "\" WHERE id > ? ORDER BY id LIMIT ?", id, limit);
    }

    /** One row, or none. */
    List<StoredMessage> readOne(String queue, long id) throws SQLException {
        return read("SELECT " + COLUMNS + " FROM \"" + queue + "\" WHERE id = ? LIMIT ?", id, 1);
    }

    private List<StoredMessage> read(String sql, long id, int limit) throws SQLException {
        reading.lock();
        try (var statement = reader.prepareStatement(sql)) {
            statement.setLong(1, id);
            statement.setInt(2, limit);
            List<StoredMessage> messages = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    messages.add(readRow(rows));
                }
            }
            return messages;
        } finally {
            reading.unlock();
        }
    }

    private static void bind(PreparedStatement statement, StoredMessage stored) throws SQLException {
        var message = stored.message();
        var timestamp = message.timestamp();
        statement.setLong(1, stored.id());
        statement.setString(2, stored.origin().exchange());
        statement.setString(3, stored.origin().routingKey());
        statement.setString(4, message.messageId());
        statement.setString(5, message.type());
        statement.setString(6, message.contentType());
        statement.setString(7, message.correlationId());
        statement.setObject(8, timestamp == null ? null : timestamp.atOffset(ZoneOffset.UTC));
        statement.setString(9, HeaderJson.write(message.headers()));
        statement.setBytes(10, message.body());
    }

    private static StoredMessage readRow(ResultSet row) throws SQLException {
        var publishedAt = row.getObject("published_at", OffsetDateTime.class);
        var message = new Message(
                row.getString("message_id"),
                row.getString("type"),
                row.getString("content_type"),
                row.getString("correlation_id"),
                publishedAt == null ? null : publishedAt.toInstant(),
                HeaderJson.read(row.getString("headers")),
                row.getBytes("body"));
        return new StoredMessage(
                row.getLong("id"), new Destination(row.getString("exchange"), row.getString("routing_key")), message);
    }

    /** Size of the file on the disk in bytes. */
    long fileBytes() {
        try {
            var database = databaseFile();
            return Files.exists(database) ? Files.size(database) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for the size of " + file, e);
        }
    }

    /** Bytes free on the disk. */
    long freeBytes() {
        return databaseFile().toFile().getUsableSpace();
    }

    private Path databaseFile() {
        return file.resolveSibling(file.getFileName() + ".mv.db");
    }

    /** Opens the file anew where the engine has closed itself, as it does when the disk is full. Only on the writer's thread. */
    void reopenIfClosed() throws SQLException {
        if (!writer.isValid(1)) {
            reading.lock();
            try {
                writer = connect();
                reader = openRest(writer);
                LOG.info("The embedded queue is open again");
            } finally {
                reading.unlock();
            }
        }
    }

    /** Rewrites the file with nothing but its rows, and opens it again. Only on the writer's thread. */
    void compact() throws SQLException {
        reading.lock();
        try {
            var before = fileBytes();
            shutDown();
            writer = connect();
            reader = openRest(writer);
            LOG.info("Compacted the embedded queue from {} to {} bytes", before, fileBytes());
        } finally {
            reading.unlock();
        }
    }

    private void shutDown() throws SQLException {
        try (var statement = writer.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        } catch (SQLException e) {
            LOG.warn("The embedded queue could not be compacted; its file stays as large as it is", e);
            try (var statement = writer.createStatement()) {
                statement.execute("SHUTDOWN");
            } catch (SQLException closedAlready) {
                LOG.debug("The embedded queue was closed already", closedAlready);
            }
        }
    }

    /** Compacts and closes. Only when the writer's thread has ended. */
    @Override
    public void close() throws SQLException {
        reading.lock();
        try {
            shutDown();
        } finally {
            reading.unlock();
        }
    }

    /**
     * How much a queue holds.
     *
     * @param rows its messages
     * @param bytes the bytes of their bodies
     * @param lastId the highest id, 0 if it is empty
     */
    record Extent(long rows, long bytes, long lastId) {}
}
