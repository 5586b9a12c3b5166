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
     * @param kind the meaning for the batch
     * @param message the failure, without any content of a wager
     * @param cause the failure
     */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The meaning of the failure for the batch. */
    public Kind kind() {
        return kind;
    }

    /** The meaning of a failure for its batch. */
    public enum Kind {
        /** The database is away or takes no data: every batch fails until that is over. */
        OUTAGE,
        /**
         * The database lacks a right, an object or a column. Every batch fails until a person corrects that.
         */
        MISCONFIGURED,
        /** Other transactions were in the way: the same batch may succeed in the next moment. */
        CONTENTION,
        /** The fault of a wager in the batch: the batch fails again until that wager is removed. */
        DATA,
        /** Unknown: worth a bounded number of attempts. */
        UNKNOWN,
        /**
         * The reason is unknown, but it is not the batch: wagers that have nothing in common fail. Every batch fails until that is over.
         * Only a comparison of failures shows this kind; a single failure does not.
         */
        SYSTEM;

        /**
         * The kind of a failure of which only its errors are known.
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

        /** The kinds for which no wager is given up, however often they occur. */
        public static final Set<Kind> PASSING = Set.copyOf(EnumSet.of(OUTAGE, MISCONFIGURED, CONTENTION, SYSTEM));
    }
}
