package io.wager.consumer.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Whether the service is stopping, for code that would otherwise wait out an outage. Safe for use by any thread. */
@Component
public final class Stopping {

    private final List<Runnable> waiters = new CopyOnWriteArrayList<>();
    private volatile boolean isStopping;

    /**
     * Sets whether the service is stopping.
     *
     * @param stopping whether the service is stopping
     */
    public void set(boolean stopping) {
        isStopping = stopping;
        if (stopping) {
            waiters.forEach(Runnable::run);
        }
    }

    /**
     * Registers an action for the beginning of a stop.
     *
     * @param waiter run each time that the service begins to stop, on the thread that sets it
     */
    public void onStop(Runnable waiter) {
        waiters.add(waiter);
    }

    /** Whether the service is stopping. */
    public boolean isStopping() {
        return isStopping;
    }
}
