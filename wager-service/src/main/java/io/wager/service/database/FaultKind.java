package io.wager.service.database;

/** What a database's error says about the work that met it. */
public enum FaultKind {
    /** The database is away or takes nothing: all work fails until that is over. */
    OUTAGE,
    /**
     * The database is there and not as it must be: a right, an object or a column is missing. All work that needs it fails until
     * somebody puts that right.
     */
    MISCONFIGURED,
    /** Others were in the way: the same work may well succeed in the next moment. */
    CONTENTION,
    /** The fault of something in the work: it fails again, whenever it is tried. */
    DATA,
    /** Nobody knows. */
    UNKNOWN
}
