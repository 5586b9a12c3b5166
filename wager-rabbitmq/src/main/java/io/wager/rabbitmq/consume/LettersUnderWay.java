package io.wager.rabbitmq.consume;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The letters that the publisher has not answered for yet. Safe for any thread; calls nothing foreign under its lock. */
final class LettersUnderWay {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Letter> letters = new HashSet<>();

    void add(Letter letter) {
        lock.lock();
        try {
            letters.add(letter);
        } finally {
            lock.unlock();
        }
    }

    void remove(Letter letter) {
        lock.lock();
        try {
            letters.remove(letter);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Set<Letter> all() {
        lock.lock();
        try {
            return Set.copyOf(letters);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are none of a channel, no longer than so many nanoseconds. */
    void awaitNone(Intake intake, long nanos) throws InterruptedException {
        var left = nanos;
        lock.lock();
        try {
            while (left > 0 && letters.stream().anyMatch(letter -> letter.intake() == intake)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
