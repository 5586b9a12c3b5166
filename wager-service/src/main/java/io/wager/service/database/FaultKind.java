package io.wager.service.database;

/** The meaning of a database's error for the work in hand. */
public enum FaultKind {
    /** The database is away or takes no data: all work fails until that is over. */
    OUTAGE,
    /**
     * The database lacks a right, an object or a column. All work that needs it fails until a person corrects that.
     */
    MISCONFIGURED,
    /** Other transactions were in the way: the same work may succeed in the next moment. */
    CONTENTION,
    /** The fault of the data: the work always fails again. */
    DATA,
    /** The cause is not known. */
    UNKNOWN
}
