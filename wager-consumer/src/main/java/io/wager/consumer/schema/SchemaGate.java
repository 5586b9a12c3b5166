package io.wager.consumer.schema;

import java.util.concurrent.CompletableFuture;

/** Tells when the database is there with the schema that this code needs. Opens once and stays open; for any thread. */
public final class SchemaGate {

    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    SchemaGate() {}

    /**
     * Completes when the schema is ready, on the thread that found it so; exceptionally if it never will be, because of
     * something that waiting does not cure. Nothing may read or write the tables before.
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
