package io.wager.rabbitmq.consume;

import io.wager.core.messaging.BatchSettings;
import io.wager.rabbitmq.consume.Unsettled.Acknowledgement;
import io.wager.rabbitmq.consume.Unsettled.Slot;
import io.wager.rabbitmq.consume.Unsettled.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one channel holds: every message that was delivered on it and is not settled. Filled by the thread that reads the
 * connection, which never waits here; emptied by the channel's worker and by the desk of dead letters. Nothing foreign is called
 * under the lock.
 */
final class Holdings {

    /**
     * From so many deliveries on a message is taken though there is no room, so that shedding alone never leads it to the broker's
     * limit of 20.
     */
    static final int UNSHEDDABLE_ATTEMPTS = 12;

    private final BatchSettings settings;
    private final ByteBudget budget;
    private final Caution caution;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Unsettled unsettled = new Unsettled();
    private final Inbox inbox;
    private final Deque<Slot> shed = new ArrayDeque<>();
    private final Sizing sizing;
    private List<Fetch> fetches = List.of();
    private long heldBytes;
    private boolean isAwaited;
    private boolean woken;
    private boolean ended;

    Holdings(BatchSettings settings, ByteBudget budget, Caution caution, Sizing sizing) {
        this.settings = settings;
        this.budget = budget;
        this.caution = caution;
        this.sizing = sizing;
        inbox = new Inbox(settings);
    }

    /**
     * Takes in a message, or sheds it: where its bytes have no room its body is dropped, and only its place is kept, so that the
     * broker sends no other in its stead.
     *
     * @return false if it was shed
     */
    boolean add(Received message) {
        var isSuspect = caution.isSuspect(message.attempt());
        var bytes = message.bytes();
        boolean isTaken;
        sizing.came(bytes);
        lock.lock();
        try {
            if (ended) {
                return true;
            }
            message.fetch().came(!isSuspect);
            isTaken = takeRoom(message, bytes);
            if (isTaken) {
                heldBytes += bytes;
                hold(message, bytes, isSuspect);
            } else {
                var slot = new Slot(message.tag(), message.fetch(), bytes, State.SHED);
                unsettled.add(slot);
                shed.add(slot);
            }
            // Only what the worker waits for is worth waking it.
            woken |= message.fetch().isScouting() || isSuspect;
            if (woken || isAwaited || isFull()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        if (isSuspect && isTaken) {
            caution.announce();
        }
        return isTaken;
    }

    private boolean takeRoom(Received message, long bytes) {
        if (budget.tryTake(bytes)) {
            return true;
        }
        // A channel that holds nothing must get on, whatever the others hold.
        if (heldBytes == 0 || message.attempt() >= UNSHEDDABLE_ATTEMPTS) {
            budget.take(bytes);
            return true;
        }
        return false;
    }

    private void hold(Received message, long bytes, boolean isSuspect) {
        inbox.add(message, isSuspect);
        if (isSuspect) {
            caution.holdSuspect();
        } else {
            caution.holdOrdinary();
        }
        unsettled.add(new Slot(message.tag(), message.fetch(), bytes, isSuspect ? State.SUSPECT : State.ORDINARY));
    }

    /**
     * The next batch, without suspects. Waits for its first message, and then until it is full or has waited long enough.
     *
     * @param idleMillis the longest wait for the first message
     * @return empty if none came in time, or if something else is to be looked at first
     */
    List<Received> take(long idleMillis) throws InterruptedException {
        lock.lock();
        try {
            awaitFirst(TimeUnit.MILLISECONDS.toNanos(idleMillis));
            awaitMore();
            if (woken) {
                woken = false;
                return List.of();
            }
            return inbox.cut();
        } finally {
            lock.unlock();
        }
    }

    private void awaitFirst(long nanos) throws InterruptedException {
        var left = nanos;
        isAwaited = true;
        try {
            while (inbox.isEmpty() && !woken && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            isAwaited = false;
        }
    }

    private void awaitMore() throws InterruptedException {
        var left = settings.maxWait().toNanos();
        while (!inbox.isEmpty() && !isFull() && !woken && !ended && left > 0) {
            left = changed.awaitNanos(left);
        }
    }

    /** Waits until something else is to be looked at. */
    void pause(long millis) throws InterruptedException {
        lock.lock();
        try {
            var left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!woken && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** Full is also a batch to which the broker sends nothing more before something is settled. */
    private boolean isFull() {
        return inbox.isFull() || isExhausted();
    }

    // A loop, since it runs for each message.
    private boolean isExhausted() {
        for (var fetch : fetches) {
            if (!fetch.isExhausted()) {
                return false;
            }
        }
        return true;
    }

    /** One suspect, or none. */
    List<Received> takeSuspect() {
        lock.lock();
        try {
            return inbox.takeSuspect();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How these may be acknowledged. They stay unsettled until {@link #settle}, so that whoever acknowledges something else on this
     * channel meanwhile does not pass over them.
     */
    Acknowledgement acknowledgement(List<Received> messages) {
        lock.lock();
        try {
            return unsettled.acknowledgement(messages);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was acknowledged or given back. */
    void settle(Collection<Long> tags) {
        lock.lock();
        try {
            for (var tag : tags) {
                var slot = unsettled.remove(tag);
                if (slot != null) {
                    slot.fetch().settled();
                    letGo(slot);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes that these wait for their dead letters: nobody waits for them any more. */
    void park(List<Received> messages) {
        lock.lock();
        try {
            for (var message : messages) {
                var slot = unsettled.get(message.tag());
                if (slot != null) {
                    leave(slot.state());
                    unsettled.add(slot.parked());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The shed messages, all of them or those that there is room for now, to be given back. */
    List<Long> takeShed(boolean isAll) {
        lock.lock();
        try {
            List<Long> tags = new ArrayList<>();
            var room = budget.room();
            while (!shed.isEmpty() && (isAll || room >= shed.element().bytes() || (heldBytes == 0 && tags.isEmpty()))) {
                var slot = shed.remove();
                room -= slot.bytes();
                tags.add(slot.tag());
            }
            return tags;
        } finally {
            lock.unlock();
        }
    }

    boolean hasShed() {
        lock.lock();
        try {
            return !shed.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many messages to ask for, of {@code most}. */
    int prefetch(int most) {
        return sizing.prefetch(budget.shareOfOne(), most);
    }

    /** Takes note of the consumers that deliver here now. */
    void deliveredBy(Collection<Fetch> current) {
        lock.lock();
        try {
            fetches = List.copyOf(current);
        } finally {
            lock.unlock();
        }
    }

    /** Makes the worker look around. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of everything: the channel is gone, and the broker delivers it again. */
    void end() {
        lock.lock();
        try {
            ended = true;
            unsettled.clear(this::letGo);
            inbox.clear();
            shed.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void letGo(Slot slot) {
        leave(slot.state());
        if (slot.state() != State.SHED) {
            heldBytes -= slot.bytes();
            budget.release(slot.bytes());
        }
    }

    private void leave(State state) {
        switch (state) {
            case ORDINARY -> caution.letGoOfOrdinary();
            case SUSPECT -> caution.letGoOfSuspect();
            case SHED, PARKED -> {
                // Counted by nobody.
            }
        }
    }
}
