package io.wager.consumer.queue;

import org.springframework.stereotype.Component;

/** Whether the service is stopping, for what would otherwise wait out an outage. Safe for use by any thread. */
@Component
public final class Stopping {

    private volatile boolean isStopping;

    /**
     * Says so, or takes it back.
     *
     * @param stopping whether the service is stopping
     */
    public void set(boolean stopping) {
        isStopping = stopping;
    }

    /** Whether the service is stopping. */
    public boolean isStopping() {
        return isStopping;
    }
}
