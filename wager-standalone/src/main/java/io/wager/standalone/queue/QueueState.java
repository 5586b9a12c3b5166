package io.wager.standalone.queue;

import io.wager.core.messaging.BatchSettings;
import io.wager.service.database.UnquotedFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the process knows of one queue: how far it has been handed out, and what came back. Rows are handed out in the order
 * of their ids, each to one worker: new ones by a cursor, those that came back by their own list, which is emptied first.
 *
 * <p>After a process that did not close the file, what was there at the start {@linkplain #isRecorded is recorded} before it is
 * handed out, since it may have ended that process. What is found recorded at a start was in hand at the end: it comes alone,
 * as if it had been given back.
 *
 * <p>Thread-safe. The lock guards fields alone; the database is read by one worker at a time, whose turn it is, and without
 * the lock.
 */
final class QueueState {

    private static final Logger LOG = LoggerFactory.getLogger(QueueState.class);

    private final String name;
    private final QueueDatabase database;
    private final Lock state = new ReentrantLock();
    private final Condition changed = state.newCondition();
    /** Those that failed least come first. */
    private final TreeSet<Returned> returned =
            new TreeSet<>(Comparator.comparingInt(Returned::attempts).thenComparingLong(Returned::id));

    /** Rows that are on the list from the start, and that the cursor therefore passes by. */
    private final Set<Long> foundInHand = new HashSet<>();
    /** The last row that is recorded before it is handed out; 0 if the file was closed in order. */
    private final long lastRecordedId;

    private final AtomicLong rows;
    private final AtomicLong bytes;
    private long waiting;
    private long waitingBytes;
    private long returnedBytes;
    private boolean isRead;
    private boolean lastWasAlone = true;
    private long cursor;
    private long lastId;

    QueueState(String name, QueueDatabase database) throws SQLException {
        this.name = name;
        this.database = database;
        var extent = database.extent(name);
        rows = new AtomicLong(extent.rows());
        bytes = new AtomicLong(extent.bytes());
        waiting = extent.rows();
        waitingBytes = extent.bytes();
        lastId = extent.lastId();
        lastRecordedId = database.wasLeftOpen() ? lastId : 0;
        for (var handedOut : database.handedOut(name)) {
            foundInHand.add(handedOut.id());
            waiting--;
            waitingBytes -= handedOut.bytes();
            putBack(new Returned(handedOut.id(), handedOut.bytes(), handedOut.attempts(), 1));
        }
    }

    /** Whether the deliveries of a batch are recorded before they begin, in case that they end the process. */
    boolean isRecorded(List<Taken> batch) {
        return batch.getFirst().stored().id() <= lastRecordedId;
    }

    String name() {
        return name;
    }

    /** Messages in the table, whether handed out or not. */
    long depth() {
        return rows.get();
    }

    /** Bytes of their bodies. */
    long bytes() {
        return bytes.get();
    }

    /** The next id. Only on the writer's thread: ids are committed in the order in which they are given. */
    long nextId() {
        return ++lastId;
    }

    /** Called after the commit of rows, whose ids are higher than any before. */
    void added(int count, long bodyBytes) {
        rows.addAndGet(count);
        bytes.addAndGet(bodyBytes);
        state.lock();
        try {
            waiting += count;
            waitingBytes += bodyBytes;
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    /** Called after the commit of a deletion of rows that were handed out. */
    void removed(int count, long bodyBytes) {
        rows.addAndGet(-count);
        bytes.addAndGet(-bodyBytes);
    }

    /**
     * Gives back what was handed out; it is delivered again before anything new.
     *
     * @param together in how large a batch, at most, each of them is delivered again
     */
    void giveBack(List<Taken> batch, int together) {
        state.lock();
        try {
            batch.forEach(taken -> putBack(new Returned(
                    taken.stored().id(),
                    taken.stored().bytes(),
                    taken.attempt(),
                    Math.min(together, taken.together()))));
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    private void putBack(Returned message) {
        if (returned.add(message)) {
            returnedBytes += message.bytes();
        }
    }

    /** Has whoever waits look again whether it is to stop. */
    void wake() {
        state.lock();
        try {
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    /**
     * Waits for messages and takes the next ones: as many as there are, up to the size and the bytes of a batch. What can't be
     * read, and what comes after it, stays to be taken.
     *
     * @param settings how batches are cut
     * @param alone from this attempt on a message that came back is taken by itself, so that its neighbours no longer share
     *     its failures
     * @param isStopped ends the wait; asked anew after {@link #wake}
     * @return empty if the wait was ended, or another worker was faster
     * @throws SQLException if the first message can't be read
     */
    List<Taken> take(BatchSettings settings, int alone, BooleanSupplier isStopped)
            throws InterruptedException, SQLException {
        if (!awaitTurn(settings, isStopped)) {
            return List.of();
        }
        List<Taken> batch = new ArrayList<>();
        try {
            var room = new BatchRoom(settings.size(), settings.maxBytes());
            if (takeReturned(batch, room, alone)) {
                takeNew(batch, room);
            }
            batch.sort(Comparator.comparingLong(taken -> taken.stored().id()));
            lastWasAlone = !batch.isEmpty() && batch.getFirst().isAlone(alone);
        } catch (SQLException | RuntimeException e) {
            if (batch.isEmpty()) {
                throw e;
            }
            LOG.warn("A message of {} could not be read; those before it are delivered", name, UnquotedFailure.of(e));
        } catch (Throwable e) {
            giveBack(batch.stream().map(Taken::untried).toList(), Integer.MAX_VALUE);
            throw e;
        } finally {
            endTurn();
        }
        return batch;
    }

    /** Waits until there is a batch, or its time is over, and nobody else reads. */
    private boolean awaitTurn(BatchSettings settings, BooleanSupplier isStopped) throws InterruptedException {
        state.lockInterruptibly();
        try {
            while (waiting + returned.size() == 0) {
                if (isStopped.getAsBoolean()) {
                    return false;
                }
                changed.await();
            }
            var left = settings.maxWait().toNanos();
            while (left > 0 && isLessThanABatch(settings) && !isStopped.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
            while (isRead && !isStopped.getAsBoolean()) {
                changed.await();
            }
            if (isStopped.getAsBoolean()) {
                return false;
            }
            isRead = true;
            return true;
        } finally {
            state.unlock();
        }
    }

    private boolean isLessThanABatch(BatchSettings settings) {
        var messages = waiting + returned.size();
        return messages > 0 && messages < settings.size() && waitingBytes + returnedBytes < settings.maxBytes();
    }

    private void endTurn() {
        state.lock();
        try {
            isRead = false;
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    /** Answers whether new ones may be added. */
    private boolean takeReturned(List<Taken> batch, BatchRoom room, int alone) throws SQLException {
        var mayMix = true;
        for (var next = nextReturned(room, alone); next != null; next = nextReturned(room, alone)) {
            // Taken off the list only once it is read: a failure of the database loses track of nothing.
            var found = database.readOne(name, next.id());
            takeOff(next);
            if (found != null) {
                var taken = new Taken(found, next.attempts() + 1, next.together());
                batch.add(taken);
                room.take(found.bytes());
                room.limitTo(taken.isAlone(alone) ? 1 : taken.together());
                mayMix &= !taken.isAlone(alone) && taken.together() == Integer.MAX_VALUE;
            }
        }
        return mayMix;
    }

    private @Nullable Returned nextReturned(BatchRoom room, int alone) {
        state.lock();
        try {
            if (returned.isEmpty()) {
                return null;
            }
            var first = returned.first();
            var isAlone = first.attempts() + 1 >= alone || first.together() == 1;
            if (room.isUntouched()) {
                // What fails alone takes turns with what is new, or it would hold that up for all its attempts.
                return isAlone && lastWasAlone && waiting > 0 ? null : first;
            }
            return isAlone || !room.fits(first.bytes()) ? null : first;
        } finally {
            state.unlock();
        }
    }

    private void takeOff(Returned message) {
        state.lock();
        try {
            if (returned.remove(message)) {
                returnedBytes -= message.bytes();
            }
        } finally {
            state.unlock();
        }
    }

    private void takeNew(List<Taken> batch, BatchRoom room) throws SQLException {
        if (room.messages() > 0) {
            database.readAfter(name, cursor, room, this::isPassedBy, stored -> {
                batch.add(new Taken(stored, 1, Integer.MAX_VALUE));
                cursor = stored.id();
                state.lock();
                try {
                    waiting--;
                    waitingBytes -= stored.bytes();
                } finally {
                    state.unlock();
                }
            });
        }
    }

    private boolean isPassedBy(long id) {
        var passed = foundInHand.remove(id);
        if (passed) {
            cursor = id;
        }
        return passed;
    }

    /**
     * A message that was handed out.
     *
     * @param stored the message
     * @param attempt the how-manieth delivery this is
     * @param together the most messages of a batch that it may be in
     */
    record Taken(StoredMessage stored, int attempt, int together) {

        boolean isAlone(int alone) {
            return together == 1 || attempt >= alone;
        }

        /** As it was before it was handed out. */
        Taken untried() {
            return new Taken(stored, attempt - 1, together);
        }
    }

    /**
     * A message that came back.
     *
     * @param id its row
     * @param bytes of its body
     * @param attempts how often it was delivered
     * @param together the most messages of a batch that it may be in
     */
    private record Returned(long id, int bytes, int attempts, int together) {}
}
