package io.wager.consumer.schema;

import java.util.concurrent.CompletableFuture;

/** Opens when the database has the schema that this code needs. Opens once and stays open; for any thread. */
public final class SchemaGate {

    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    SchemaGate() {}

    /**
     * Completes when the schema is ready, on the thread that found it ready. Completes exceptionally if it never will be, for a reason that
     * waiting does not cure. No code may read or write the tables before.
     *
     * @return a copy: completing it has no effect on others
     */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** Whether the schema is ready. */
    public boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    void open() {
        ready.complete(null);
    }

    void fail(Throwable cause) {
        ready.completeExceptionally(cause);
    }
}
