package io.wager.rabbitmq.consume;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Protects a subscription's messages from one that makes its consumer crash. Each crash counts a delivery for everything that is
 * held, and the broker gives up what was delivered too often. So a subscription begins with one message at a time and goes on in
 * numbers when one comes that has not come back often. What has come back often is a suspect: nothing is fetched while one is held,
 * and it is handled alone, when nothing but suspects is held.
 *
 * <p>Safe for any thread. Nothing but {@link #awaitFollowers} blocks. The listeners are called outside of all locks.
 */
final class Caution {

    /**
     * From so many deliveries on a message is a suspect. More than a few restarts and requeues of ours bring about, and far below
     * the broker's limit.
     */
    static final int SUSPECT_ATTEMPTS = 5;

    private final boolean isNeeded;
    private final AtomicInteger ordinary = new AtomicInteger();
    private final AtomicInteger suspects = new AtomicInteger();
    private final AtomicInteger fetching = new AtomicInteger();
    private final AtomicBoolean turn = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition followed = lock.newCondition();
    private int followers;
    private volatile boolean open;

    /**
     * @param isNeeded whether the broker gives up what was delivered too often. What stays in its queue for ever needs no
     *     caution, and may come back for other reasons
     */
    Caution(boolean isNeeded) {
        this.isNeeded = isNeeded;
    }

    /** Calls the listener at each change that a channel may wait for. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    boolean isSuspect(int attempt) {
        return isNeeded && attempt >= SUSPECT_ATTEMPTS;
    }

    /** Whether messages may be fetched in numbers. */
    boolean isOpen() {
        return !isNeeded || open;
    }

    void open() {
        lock.lock();
        try {
            followers = 0;
        } finally {
            lock.unlock();
        }
        open = true;
        announce();
    }

    /** Counts a channel that fetches since messages may be fetched in numbers. */
    void followed() {
        lock.lock();
        try {
            followers++;
            followed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many fetch, no longer than so many nanoseconds: one may be busy with what it holds. */
    void awaitFollowers(int count, long nanos) throws InterruptedException {
        var left = nanos;
        lock.lock();
        try {
            while (followers < count && left > 0) {
                left = followed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** After a channel was lost: whatever it held has one delivery more, and one of it may be the reason. */
    void beCareful() {
        if (isNeeded) {
            open = false;
            announce();
        }
    }

    boolean hasSuspects() {
        return suspects.get() > 0;
    }

    void holdOrdinary() {
        ordinary.incrementAndGet();
    }

    void letGoOfOrdinary() {
        ordinary.decrementAndGet();
    }

    /** To be followed by {@link #announce}, when no lock is held. */
    void holdSuspect() {
        open = false;
        suspects.incrementAndGet();
    }

    void letGoOfSuspect() {
        suspects.decrementAndGet();
    }

    void fetching(int change) {
        fetching.addAndGet(change);
    }

    /** Whether the caller may handle one suspect now; to be followed by {@link #endTurn} if so. */
    boolean tryTurn() {
        return fetching.get() == 0 && ordinary.get() == 0 && turn.compareAndSet(false, true);
    }

    void endTurn() {
        turn.set(false);
        announce();
    }

    void announce() {
        listeners.forEach(Runnable::run);
    }
}
