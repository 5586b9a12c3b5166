package io.wager.consumer.deadletter;

import io.github.resilience4j.retry.Retry;
import io.wager.consumer.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives a batch in one transaction, if all is well. A passing failure is retried for as long as it lasts. A batch that
 * fails otherwise is bisected until the letter that causes it stands alone; its neighbours are archived on the way.
 */
final class DeadLetterBatchWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterBatchWriter.class);

    private final DeadLetterArchive archive;
    private final Retry outageRetry;
    private final Retry refusalRetry;
    private final DeadLetterMetrics metrics;

    /**
     * A writer.
     *
     * @param outageRetry retries {@link StoreException.Kind#PASSING} until the service stops
     * @param refusalRetry retries everything else a few times, so that a letter which is refused again and again comes back
     *     after a while and not at once
     */
    DeadLetterBatchWriter(DeadLetterArchive archive, Retry outageRetry, Retry refusalRetry, DeadLetterMetrics metrics) {
        this.archive = archive;
        this.outageRetry = outageRetry;
        this.refusalRetry = refusalRetry;
        this.metrics = metrics;
    }

    /**
     * Archives a batch; entries that are not done afterwards were refused.
     *
     * @throws StoreException if the service is stopping during an outage
     */
    void write(List<ArchiveEntry> batch) {
        var refused = refused(batch);
        if (refused.isEmpty()) {
            return;
        }
        // One wait for all of them: a database that refuses everything must not hold the batch for hours.
        try {
            refusalRetry.executeRunnable(() -> archive(refused.getFirst()));
        } catch (StoreException e) {
            rethrowOutage(e);
            LOG.error(
                    "dead letters can't be archived, they stay in the queue and are tried again count={} first={}",
                    refused.size(),
                    refused.getFirst().failure().message().messageId(),
                    e);
        }
        metrics.returned((int) refused.stream().filter(entry -> !entry.isDone()).count());
    }

    /** Archives what can be, and tells what can't. */
    private List<ArchiveEntry> refused(List<ArchiveEntry> batch) {
        try {
            archive(batch);
            return List.of();
        } catch (StoreException e) {
            rethrowOutage(e);
            if (batch.size() == 1) {
                return batch;
            }
        }
        var middle = batch.size() / 2;
        var refused = new ArrayList<>(refused(batch.subList(0, middle)));
        refused.addAll(refused(batch.subList(middle, batch.size())));
        return refused;
    }

    private void archive(ArchiveEntry entry) {
        archive(List.of(entry));
    }

    private void archive(List<ArchiveEntry> batch) {
        var failures = batch.stream().map(ArchiveEntry::failure).toList();
        var outcomes = outageRetry.executeSupplier(() -> archive.archive(failures));
        for (var i = 0; i < batch.size(); i++) {
            batch.get(i).done();
            metrics.settled(failures.get(i), outcomes.get(i));
        }
    }

    private static void rethrowOutage(StoreException e) {
        if (StoreException.Kind.PASSING.contains(e.kind())) {
            throw e;
        }
    }
}
