package io.wager.consumer.queue;

/** The two that write to the database, each held back by a breaker of its own: the failure of one does not pause the other. */
enum Listener {
    INGEST("ingest", "wager-store"),
    ARCHIVE("archive", "wager-archive");

    private final String wireForm;
    private final String breaker;

    Listener(String wireForm, String breaker) {
        this.wireForm = wireForm;
        this.breaker = breaker;
    }

    /** As health, meters and the log call it. */
    String wireForm() {
        return wireForm;
    }

    /** The instance of {@code resilience4j.circuitbreaker}. */
    String breaker() {
        return breaker;
    }
}
