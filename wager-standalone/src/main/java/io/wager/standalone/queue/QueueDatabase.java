package io.wager.standalone.queue;

import io.wager.standalone.liveness.H2Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues' H2 file: a table for each queue, named as the queue. Two connections: one for the writer's thread alone, one
 * for whoever reads, under a lock.
 *
 * <p>Written with {@code WRITE_DELAY=0}, so that a commit is in the file before it returns: the default would keep half a
 * second of commits in memory. {@code MAX_COMPACT_TIME=0} keeps H2 from moving chunks while it closes; the file is
 * compacted by {@link #compact}, which copies into a new file. The time that dead chunks are kept stays at H2's default:
 * there are reports of files that would not open again where it was shortened. {@code CACHE_SIZE} is in KB: a row is read once.
 *
 * <p>H2 is called under the lock: it is only ever held around H2, by threads that hold no other, and H2 calls nothing of ours.
 */
final class QueueDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueDatabase.class);
    private static final String SELECT = "SELECT " + MessageRows.COLUMNS + ", OCTET_LENGTH(body) AS body_bytes";

    private final Path file;
    private final List<String> queues;
    private final Lock reading = new ReentrantLock();
    private final boolean wasLeftOpen;
    private Connection writer;
    private Connection reader;

    QueueDatabase(Path file, Collection<String> queues) throws SQLException {
        this.file = file.toAbsolutePath().normalize();
        this.queues = List.copyOf(queues);
        writer = connect();
        reader = openRest(writer);
        wasLeftOpen = !markOpen();
        HandOutTable.tidy(writer, queues, wasLeftOpen);
        writer.commit();
    }

    /** Whether the process that had the file before did not close it. */
    boolean wasLeftOpen() {
        return wasLeftOpen;
    }

    /** The mark is in the file until it is closed in order. False if it was there already. */
    private boolean markOpen() throws SQLException {
        try (var statement = writer.createStatement()) {
            var marked = statement.executeUpdate(
                    "INSERT INTO \"open\" (mark) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM \"open\")");
            writer.commit();
            return marked == 1;
        }
    }

    private Connection connect() throws SQLException {
        // H2 copies tables in parallel on larger machines, and 2.4.240 can fail in it (h2database#4286).
        System.setProperty("h2.compactThreads", "1");
        var database = new JdbcDataSource();
        database.setUrl("jdbc:h2:file:" + file
                + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1" + ";CACHE_SIZE=8192");
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
            statement.execute("CREATE TABLE IF NOT EXISTS \"open\" (mark INT NOT NULL)");
            HandOutTable.create(statement);
        }
        first.setAutoCommit(false);
        var second = connect();
        try (var statement = second.createStatement()) {
            // Rows are read as they are asked for; otherwise H2 reads all that a query could answer before the first.
            statement.execute("SET LAZY_QUERY_EXECUTION TRUE");
        }
        return second;
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
                "INSERT INTO \"" + queue + "\" (" + MessageRows.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (var stored : messages) {
                MessageRows.bind(statement, stored);
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

    /** Remembers which delivery of each message begins. Only on the writer's thread. */
    void recordHandOut(String queue, List<QueueState.Taken> batch) throws SQLException {
        HandOutTable.record(writer, queue, batch);
    }

    /** Forgets what {@link #recordHandOut} remembers of messages that are removed. Only on the writer's thread. */
    void forgetHandOut(String queue, List<Long> ids) throws SQLException {
        HandOutTable.forget(writer, queue, ids);
    }

    /** What was handed out, and not removed, when the process before ended. */
    List<HandOutTable.HandedOut> handedOut(String queue) throws SQLException {
        reading.lock();
        try {
            return HandOutTable.read(reader, queue);
        } finally {
            reading.unlock();
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

    /**
     * Reads the committed rows with the next higher ids, ascending, one by one for as long as there is room. H2 holds no more
     * than a page of them at a time.
     *
     * @param room what may still be read; taken as it is filled
     * @param skipped asked for each id before its row is read
     * @param taker given each row, before the next is read
     */
    void readAfter(String queue, long id, BatchRoom room, LongPredicate skipped, Consumer<StoredMessage> taker)
            throws SQLException {
        reading.lock();
        try (var statement =
                reader.prepareStatement(SELECT + " FROM \"" + queue + "\" WHERE id > ? ORDER BY id LIMIT ?")) {
            statement.setLong(1, id);
            statement.setInt(2, room.messages());
            try (var rows = statement.executeQuery()) {
                while (rows.next() && room.fits(rows.getInt("body_bytes"))) {
                    if (!skipped.test(rows.getLong("id"))) {
                        var stored = MessageRows.read(rows);
                        room.take(stored.bytes());
                        taker.accept(stored);
                    }
                }
            }
        } finally {
            reading.unlock();
        }
    }

    /** One row, or null if it is not there. */
    @Nullable
    StoredMessage readOne(String queue, long id) throws SQLException {
        reading.lock();
        try (var statement = reader.prepareStatement(SELECT + " FROM \"" + queue + "\" WHERE id = ?")) {
            statement.setLong(1, id);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? MessageRows.read(rows) : null;
            }
        } finally {
            reading.unlock();
        }
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

    /** Whether H2 has closed the file, as it does when the disk is full. Only on the writer's thread. */
    boolean isClosed() {
        return H2Engine.isClosed(writer);
    }

    /** Opens the file anew. Only on the writer's thread. */
    void reopen() throws SQLException {
        reading.lock();
        try {
            H2Engine.forget(writer);
            writer = connect();
            reader = openRest(writer);
            LOG.info("The embedded queue is open again");
        } finally {
            reading.unlock();
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

    private void markClosed() {
        try (var statement = writer.createStatement()) {
            statement.execute("DELETE FROM \"open\"");
            writer.commit();
        } catch (SQLException e) {
            LOG.debug("The embedded queue was closed already", e);
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
            markClosed();
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
