package io.wager.consumer.schema;

/** What one look at the database found. */
sealed interface SchemaState {

    /**
     * The schema is at the version that this code needs, or at a newer one.
     *
     * @param detail for the log
     */
    record Ready(String detail) implements SchemaState {}

    /**
     * Not yet; another look may find otherwise.
     *
     * @param reason for the log
     */
    record NotYet(String reason) implements SchemaState {}

    /**
     * Never, until somebody puts it right.
     *
     * @param cause what is wrong
     */
    record Broken(RuntimeException cause) implements SchemaState {}
}
