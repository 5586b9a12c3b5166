package io.wager.consumer.reconcile;

import io.wager.consumer.reconcile.accepted.AcceptedCheck;
import io.wager.consumer.reconcile.accepted.FatesFile;
import io.wager.consumer.reconcile.database.ReconcileDatabase;
import io.wager.consumer.reconcile.finding.Findings;
import io.wager.consumer.reconcile.finding.Progress;
import io.wager.consumer.reconcile.letter.LettersCheck;
import io.wager.consumer.reconcile.total.TotalsCheck;
import io.wager.service.database.DatabaseFaults;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** One run: the client's file first and last, so that its wagers have the longest time to arrive; totals and letters between. */
final class Reconciliation {

    private final ReconcileDatabase database;
    private final ReconcileOptions options;
    private final Duration lettersKept;
    private final Progress progress;

    /**
     * A run.
     *
     * @param lettersKept how long dead letters are kept at least once they are settled
     */
    Reconciliation(ReconcileDatabase database, ReconcileOptions options, Duration lettersKept, Progress progress) {
        this.database = database;
        this.options = options;
        this.lettersKept = lettersKept;
        this.progress = progress;
    }

    /**
     * Runs, and reports in any case; of a run that breaks off what it had seen.
     *
     * @param input the client's file; null without one
     * @param size of the input in bytes; -1 where nobody knows
     * @param fates where the fates go; null for nowhere
     */
    ReconcileReport run(@Nullable InputStream input, long size, @Nullable FatesFile fates) {
        var startedAt = Instant.now();
        var findings = new Findings();
        var totals = new TotalsCheck(database, options.isRepair() ? options.actor() : null, findings, progress);
        var letters = new LettersCheck(database, options.overdue(), lettersKept, findings, progress);
        var accepted = input == null ? null : new AcceptedCheck(database, fates, findings, progress);
        String problem = null;
        try {
            if (accepted != null && input != null) {
                accepted.read(input, size);
            }
            totals.run();
            letters.run();
            if (accepted != null) {
                accepted.settle(options.settle());
            }
        } catch (DataAccessException | TransactionException e) {
            problem = describe(e);
        } catch (UncheckedIOException | IllegalStateException e) {
            problem = e.getMessage();
        }
        return new ReconcileReport(
                startedAt, Instant.now(), problem, options.isRepair(), totals, letters, accepted, findings);
    }

    /** The database's failure in one line. */
    static String describe(RuntimeException failure) {
        return (DatabaseFaults.isOutage(failure) ? "the database does not answer: " : "the database refuses: ")
                + rootMessage(failure);
    }

    /** The first line of what the innermost cause says. */
    static String rootMessage(RuntimeException failure) {
        var cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
