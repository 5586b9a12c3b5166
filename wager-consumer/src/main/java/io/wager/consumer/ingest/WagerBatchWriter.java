package io.wager.consumer.ingest;

import io.wager.consumer.deadletter.DeadLetterMetrics;
import io.wager.consumer.ingest.IngestBatch.Candidate;
import io.wager.consumer.settlement.BatchSettlement;
import io.wager.consumer.settlement.BatchSettlement.Blamed;
import io.wager.consumer.settlement.BatchTransactions;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreOutcome;
import io.wager.consumer.store.WagerStore;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Stores a batch, whatever it takes, and settles every message of it: a wager that can't be stored becomes a dead letter, and its
 * neighbours are stored.
 */
final class WagerBatchWriter {

    private final WagerStore store;
    private final BatchSettlement settlement;
    private final IngestMetrics metrics;
    private final DeadLetterMetrics deadLetters;

    WagerBatchWriter(
            WagerStore store, BatchSettlement settlement, IngestMetrics metrics, DeadLetterMetrics deadLetters) {
        this.store = store;
        this.settlement = settlement;
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
        var transactions = new Transactions(batch);
        var open = candidates;
        while (!open.isEmpty()) {
            open = settlement.settle(transactions, open).stream()
                    .map(blamed -> giveUp(blamed, batch))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /** Returns what is left: another content for the same id may be one that the database takes. */
    private static Optional<Candidate> giveUp(Blamed<Candidate> blamed, IngestBatch batch) {
        var failure = blamed.failure();
        var reason = failure.kind() == StoreException.Kind.DATA
                ? DeadLetterReason.REJECTED_BY_DATABASE
                : DeadLetterReason.RETRIES_EXHAUSTED;
        var cause = failure.getCause() == null ? failure : failure.getCause();
        var dead = new Disposition.Dead(reason, Failure.of(cause));
        blamed.item().firstContents().forEach(content -> batch.dispose(content.index(), dead));
        return Optional.ofNullable(blamed.item().withoutFirstContent());
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

    /** Of one batch. */
    private final class Transactions implements BatchTransactions<Candidate> {

        private final IngestBatch batch;

        Transactions(IngestBatch batch) {
            this.batch = batch;
        }

        @Override
        public void store(List<Candidate> candidates) {
            var outcomes = store.store(candidates.stream().map(Candidate::row).toList());
            for (var i = 0; i < candidates.size(); i++) {
                settle(candidates.get(i), outcomes.get(i), batch);
            }
        }

        @Override
        public void rehearse() {
            store.rehearse();
        }
    }
}
