package io.wager.consumer.reconcile.accepted;

/** The fate of a wager that a client believes accepted. */
public enum Fate {
    /** Its row is there, and no other content ever came for its wagerId. */
    STORED("stored", "stored"),
    /** Its row is there, and other contents came for the same wagerId: only the client knows which was meant. */
    CONFLICT("conflict", "conflict"),
    /** It is not stored, and a dead letter with its wagerId is kept. */
    DEAD_LETTERED("dead-lettered", "deadLettered"),
    /** It is nowhere in the database; it may be in a queue. */
    MISSING("missing", "missing");

    private final String wireForm;
    private final String field;

    Fate(String wireForm, String field) {
        this.wireForm = wireForm;
        this.field = field;
    }

    /** The name in reports. */
    public String wireForm() {
        return wireForm;
    }

    /** The name of its count in reports. */
    public String field() {
        return field;
    }
}
