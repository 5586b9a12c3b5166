package io.wager.consumer.store;

import io.wager.service.database.DatabaseFaults;
import java.util.EnumSet;
import java.util.Set;

/** A batch was not stored, or it is not known whether it was; sending it again is harmless. */
public final class StoreException extends RuntimeException {

    private final Kind kind;

    /**
     * A failure.
     *
     * @param kind what it says about the batch
     * @param message the failure, without any content of a wager
     * @param cause what failed
     */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What the failure says about the batch. */
    public Kind kind() {
        return kind;
    }

    /** What a failure says about the batch that met it. */
    public enum Kind {
        /** The database is away or takes nothing: every batch fails until that is over. */
        OUTAGE,
        /**
         * The database is there and not as it must be: a right, an object or a column is missing. Every batch fails until somebody
         * puts that right.
         */
        MISCONFIGURED,
        /** Others were in the way: the same batch may well be stored in the next moment. */
        CONTENTION,
        /** The fault of something in the batch: it fails again until that wager is taken out. */
        DATA,
        /** Nobody knows: worth a bounded number of attempts. */
        UNKNOWN,
        /**
         * Nobody knows why, but it is not the batch: wagers that have nothing in common fail. Every batch fails until that is over.
         * Found by those who compare failures, since a single one does not tell.
         */
        SYSTEM;

        /**
         * What a failure says when nothing but its errors is known.
         *
         * @param failure an exception with {@link java.sql.SQLException}s among its causes, or without
         */
        public static Kind of(Throwable failure) {
            return switch (DatabaseFaults.kindOf(failure)) {
                case OUTAGE -> OUTAGE;
                case MISCONFIGURED -> MISCONFIGURED;
                case CONTENTION -> CONTENTION;
                case DATA -> DATA;
                case UNKNOWN -> UNKNOWN;
            };
        }

        /** The kinds that are no reason to give up on any wager, however often they come. */
        public static final Set<Kind> PASSING = Set.copyOf(EnumSet.of(OUTAGE, MISCONFIGURED, CONTENTION, SYSTEM));
    }
}
