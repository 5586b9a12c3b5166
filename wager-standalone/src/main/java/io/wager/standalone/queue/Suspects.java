package io.wager.standalone.queue;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Deliveries that may have ended a process are made one at a time, whichever queue they come from: if one ends this process too,
 * no other is blamed for it. Thread-safe.
 */
final class Suspects {

    private static final long LOOK_AGAIN_MILLIS = 50;

    private final int limit;
    private final Semaphore turn = new Semaphore(1);

    /**
     * None is being delivered.
     *
     * @param limit the most deliveries of a message that ended a process, from 1
     */
    Suspects(int limit) {
        this.limit = limit;
    }

    /** Whether a recorded delivery would be one too many. */
    boolean isBeyondLimit(int attempt) {
        return attempt > limit;
    }

    /** Waits for the turn; false if the wait was ended instead. Who has it {@linkplain #end ends} it. */
    boolean begin(BooleanSupplier isStopped) throws InterruptedException {
        while (!isStopped.getAsBoolean()) {
            if (turn.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    void end() {
        turn.release();
    }
}
