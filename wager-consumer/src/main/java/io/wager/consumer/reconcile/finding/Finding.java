package io.wager.consumer.reconcile.finding;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One finding.
 *
 * @param kind its kind
 * @param accountId the player, if it concerns one
 * @param day the day in UTC, if it concerns one
 * @param wagerId the wager, if it concerns one
 * @param deadLetterId the dead letter, if it concerns one
 * @param stored the stored total, for a total; null if there was no row
 * @param rows the total of the wagers' rows, for a total
 * @param line the line of the client's file, from 1, for one that is broken or missing
 * @param detail more in words
 * @param isRepaired whether it was repaired, so that {@code stored} is the value before and {@code rows} the present one
 */
public record Finding(
        FindingKind kind,
        @Nullable UUID accountId,
        @Nullable LocalDate day,
        @Nullable UUID wagerId,
        @Nullable UUID deadLetterId,
        @Nullable Total stored,
        @Nullable Total rows,
        @Nullable Long line,
        @Nullable String detail,
        boolean isRepaired) {

    /** A wrong total of a player, or of a player's day. */
    public static Finding ofTotal(
            FindingKind kind, UUID accountId, @Nullable LocalDate day, @Nullable Total stored, Total rows) {
        return new Finding(kind, accountId, day, null, null, stored, rows, null, null, false);
    }

    /** Something about a dead letter. */
    public static Finding ofLetter(FindingKind kind, UUID deadLetterId, String detail) {
        return new Finding(kind, null, null, null, deadLetterId, null, null, null, detail, false);
    }

    /** Something about a wager that was stored, or should have been. */
    public static Finding ofWager(FindingKind kind, UUID wagerId, String detail) {
        return new Finding(kind, null, null, wagerId, null, null, null, null, detail, false);
    }

    /** A wager of a client's file. */
    public static Finding ofLine(FindingKind kind, long line, @Nullable UUID wagerId, String detail) {
        return new Finding(kind, null, null, wagerId, null, null, null, line, detail, false);
    }

    /** The same, repaired. */
    public Finding repaired() {
        return new Finding(kind, accountId, day, wagerId, deadLetterId, stored, rows, line, detail, true);
    }
}
