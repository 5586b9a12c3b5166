package io.wager.consumer.reconcile;

import io.wager.consumer.reconcile.accepted.AcceptedCheck;
import io.wager.consumer.reconcile.finding.Findings;
import io.wager.consumer.reconcile.letter.LettersCheck;
import io.wager.consumer.reconcile.total.TotalsCheck;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation saw.
 *
 * @param startedAt before the first row was read
 * @param finishedAt after the last
 * @param problem why it could not be completed; null if it was
 * @param isRepair whether it was to repair
 * @param totals of players and days
 * @param letters of dead letters and conflicts
 * @param accepted of the client's file; null without one
 * @param findings everything that is wrong
 */
record ReconcileReport(
        Instant startedAt,
        Instant finishedAt,
        @Nullable String problem,
        boolean isRepair,
        TotalsCheck totals,
        LettersCheck letters,
        @Nullable AcceptedCheck accepted,
        Findings findings) {

    /** Nothing is wrong, or everything that was is repaired. */
    static final int CONSISTENT = 0;

    /** Something is wrong. */
    static final int FINDINGS = 1;

    /** It is not known. */
    static final int INCOMPLETE = 2;

    int exitCode() {
        if (problem != null) {
            return INCOMPLETE;
        }
        return findings.remaining() == 0 ? CONSISTENT : FINDINGS;
    }

    /** The exit code in a word. */
    String result() {
        return switch (exitCode()) {
            case CONSISTENT -> findings.total() == 0 ? "consistent" : "repaired";
            case FINDINGS -> "findings";
            default -> "incomplete";
        };
    }
}
