package io.wager.consumer.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Whether the service is stopping, for what would otherwise wait out an outage. Safe for use by any thread. */
@Component
public final class Stopping {

    private final List<Runnable> waiters = new CopyOnWriteArrayList<>();
    private volatile boolean isStopping;

    /**
     * Says so, or takes it back.
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
     * Wakes whoever waits.
     *
     * @param waiter run each time that the service begins to stop, on the thread that says so
     */
    public void onStop(Runnable waiter) {
        waiters.add(waiter);
    }

    /** Whether the service is stopping. */
    public boolean isStopping() {
        return isStopping;
    }
}
