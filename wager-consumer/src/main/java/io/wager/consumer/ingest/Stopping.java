package io.wager.consumer.ingest;

/** Whether the service is stopping, for what would otherwise wait out an outage. Safe for use by any thread. */
final class Stopping {

    private volatile boolean isStopping;

    void set(boolean stopping) {
        isStopping = stopping;
    }

    boolean isStopping() {
        return isStopping;
    }
}
