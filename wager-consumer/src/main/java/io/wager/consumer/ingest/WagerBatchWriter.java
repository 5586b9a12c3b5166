package io.wager.consumer.ingest;

import io.github.resilience4j.retry.Retry;
import io.wager.consumer.deadletter.DeadLetterMetrics;
import io.wager.consumer.ingest.IngestBatch.Candidate;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreOutcome;
import io.wager.consumer.store.WagerStore;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores a batch, whatever it takes, and settles every message of it.
 *
 * <p>One transaction, if all is well. A passing failure is retried for as long as it lasts, without giving the batch back: that
 * would use up the broker's delivery limit. A batch that is refused for its data is bisected until the wager that causes it
 * stands alone, and so is one that fails again and again for a reason that nobody knows; the neighbours are stored on the way.
 */
final class WagerBatchWriter {

    private final WagerStore store;
    private final Retry outageRetry;
    private final Retry unknownFailureRetry;
    private final IngestMetrics metrics;
    private final DeadLetterMetrics deadLetters;

    /**
     * A writer.
     *
     * @param outageRetry retries {@link StoreException.Kind#PASSING} until the service stops
     * @param unknownFailureRetry retries {@link StoreException.Kind#UNKNOWN} a few times
     */
    WagerBatchWriter(
            WagerStore store,
            Retry outageRetry,
            Retry unknownFailureRetry,
            IngestMetrics metrics,
            DeadLetterMetrics deadLetters) {
        this.store = store;
        this.outageRetry = outageRetry;
        this.unknownFailureRetry = unknownFailureRetry;
        this.metrics = metrics;
        this.deadLetters = deadLetters;
    }

    /**
     * Stores what a batch holds.
     *
     * @throws StoreException if the service is stopping during an outage: nothing is known of what was not yet settled
     */
    void write(IngestBatch batch) {
        var candidates = batch.candidates();
        if (!candidates.isEmpty()) {
            metrics.storeTime().record(() -> write(candidates, batch));
        }
    }

    private void write(List<Candidate> candidates, IngestBatch batch) {
        List<StoreOutcome> outcomes;
        try {
            outcomes = store(candidates);
        } catch (StoreException e) {
            if (StoreException.Kind.PASSING.contains(e.kind())) {
                throw e;
            }
            isolate(candidates, batch, e);
            return;
        }
        for (var i = 0; i < candidates.size(); i++) {
            settle(candidates.get(i), outcomes.get(i), batch);
        }
    }

    private List<StoreOutcome> store(List<Candidate> candidates) {
        var rows = candidates.stream().map(Candidate::row).toList();
        return unknownFailureRetry.executeSupplier(() -> outageRetry.executeSupplier(() -> store.store(rows)));
    }

    private void isolate(List<Candidate> candidates, IngestBatch batch, StoreException failure) {
        if (candidates.size() > 1) {
            var middle = candidates.size() / 2;
            write(candidates.subList(0, middle), batch);
            write(candidates.subList(middle, candidates.size()), batch);
            return;
        }
        var candidate = candidates.getFirst();
        var reason = failure.kind() == StoreException.Kind.DATA
                ? DeadLetterReason.REJECTED_BY_DATABASE
                : DeadLetterReason.RETRIES_EXHAUSTED;
        var cause = failure.getCause() == null ? failure : failure.getCause();
        var dead = new Disposition.Dead(reason, Failure.of(cause));
        candidate.firstContents().forEach(content -> batch.dispose(content.index(), dead));
        // Another content for the same id may be one that the database takes.
        var rest = candidate.withoutFirstContent();
        if (rest != null) {
            write(new ArrayList<>(List.of(rest)), batch);
        }
    }

    private void settle(Candidate candidate, StoreOutcome outcome, IngestBatch batch) {
        deadLetters.resolved(outcome.resolvedLetters());
        var isInsertCounted = !outcome.inserted();
        for (var content : candidate.contents()) {
            if (!content.hash().equals(outcome.stored())) {
                batch.dispose(content.index(), conflict());
            } else {
                batch.dispose(content.index(), Disposition.DONE);
                if (isInsertCounted) {
                    metrics.duplicates(1);
                } else {
                    metrics.stored(1);
                    isInsertCounted = true;
                }
            }
        }
    }

    private static Disposition.Dead conflict() {
        return new Disposition.Dead(
                DeadLetterReason.CONFLICT,
                Failure.of(
                        "WagerConflict", "the wagerId is stored already, with other content; the first stored wins"));
    }
}
