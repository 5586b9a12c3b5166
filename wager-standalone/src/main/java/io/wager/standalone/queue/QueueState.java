package io.wager.standalone.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the process knows of one queue: how far it has been handed out, and what came back. Rows are handed out in the order
 * of their ids, each to one worker: new ones by a cursor, those that came back by their own list, which is emptied first.
 * Nothing of this survives a restart, after which everything in the table is new and at its first attempt.
 *
 * <p>Thread-safe.
 */
final class QueueState {

    private final String name;
    private final QueueDatabase database;
    private final Lock fetching = new ReentrantLock();
    private final Lock state = new ReentrantLock();
    private final Condition changed = state.newCondition();
    private final TreeMap<Long, Integer> returned = new TreeMap<>();
    private final AtomicLong rows;
    private final AtomicLong bytes;
    private long waiting;
    private long cursor;
    private long lastId;

    QueueState(String name, QueueDatabase database) throws SQLException {
        this.name = name;
        this.database = database;
        var extent = database.extent(name);
        rows = new AtomicLong(extent.rows());
        bytes = new AtomicLong(extent.bytes());
        waiting = extent.rows();
        lastId = extent.lastId();
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

    /** Gives back what was handed out; it is delivered again before anything new. */
    void giveBack(List<Taken> batch) {
        state.lock();
        try {
            batch.forEach(taken -> returned.put(taken.stored().id(), taken.attempt()));
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    /**
     * Waits for messages and takes the next ones.
     *
     * @param size the most
     * @param maxWait the longest to wait for more after the first
     * @param alone from this attempt on a message that came back is taken by itself, so that its neighbours no longer share
     *     its failures
     * @return ascending by id; empty if another worker was faster
     */
    List<Taken> take(int size, Duration maxWait, int alone) throws InterruptedException, SQLException {
        awaitMessages(size, maxWait.toNanos());
        fetching.lockInterruptibly();
        try {
            List<Taken> batch = new ArrayList<>();
            takeReturned(batch, size, alone);
            if (batch.isEmpty() || batch.getFirst().attempt() < alone) {
                takeNew(batch, size - batch.size());
            }
            return batch;
        } finally {
            fetching.unlock();
        }
    }

    private void awaitMessages(int size, long maxWaitNanos) throws InterruptedException {
        state.lockInterruptibly();
        try {
            while (waiting + returned.size() == 0) {
                changed.await();
            }
            var left = maxWaitNanos;
            while (left > 0 && waiting + returned.size() > 0 && waiting + returned.size() < size) {
                left = changed.awaitNanos(left);
            }
        } finally {
            state.unlock();
        }
    }

    private void takeReturned(List<Taken> batch, int size, int alone) throws SQLException {
        while (batch.size() < size) {
            long id;
            int attempts;
            state.lock();
            try {
                var first = returned.firstEntry();
                if (first == null || (first.getValue() + 1 >= alone && !batch.isEmpty())) {
                    return;
                }
                id = first.getKey();
                attempts = first.getValue();
            } finally {
                state.unlock();
            }
            // Taken off the list only once it is read: a failure of the database loses track of nothing.
            var found = database.readOne(name, id);
            state.lock();
            try {
                returned.remove(id);
            } finally {
                state.unlock();
            }
            for (var stored : found) {
                batch.add(new Taken(stored, attempts + 1));
            }
            if (attempts + 1 >= alone) {
                return;
            }
        }
    }

    private void takeNew(List<Taken> batch, int room) throws SQLException {
        if (room == 0) {
            return;
        }
        List<StoredMessage> fresh;
        try {
            fresh = database.readAfter(name, cursor, room);
        } catch (SQLException e) {
            giveBack(batch.stream()
                    .map(taken -> new Taken(taken.stored(), taken.attempt() - 1))
                    .toList());
            throw e;
        }
        fresh.forEach(stored -> batch.add(new Taken(stored, 1)));
        if (!fresh.isEmpty()) {
            cursor = fresh.getLast().id();
        }
        state.lock();
        try {
            waiting -= fresh.size();
        } finally {
            state.unlock();
        }
    }

    /**
     * A message that was handed out.
     *
     * @param stored the message
     * @param attempt the how-manieth delivery this is
     */
    record Taken(StoredMessage stored, int attempt) {}
}
