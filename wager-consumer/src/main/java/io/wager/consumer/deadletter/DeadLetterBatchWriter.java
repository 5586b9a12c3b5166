package io.wager.consumer.deadletter;

import io.github.resilience4j.retry.Retry;
import io.wager.consumer.settlement.BatchSettlement;
import io.wager.consumer.settlement.BatchSettlement.Blamed;
import io.wager.consumer.settlement.BatchTransactions;
import io.wager.consumer.store.StoreException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives a batch. What the database refuses is left over, whatever its neighbours do: they are archived on the way. An archive that
 * takes nothing at all is waited out.
 */
final class DeadLetterBatchWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterBatchWriter.class);

    private final DeadLetterArchive archive;
    private final BatchSettlement settlement;
    private final Retry refusalRetry;
    private final DeadLetterMetrics metrics;

    /**
     * A writer.
     *
     * @param settlement need not try a whole batch more than once
     * @param refusalRetry retries what is no passing failure a few times, so that a letter which is refused again and again comes back
     *     after a while and not at once
     */
    DeadLetterBatchWriter(
            DeadLetterArchive archive, BatchSettlement settlement, Retry refusalRetry, DeadLetterMetrics metrics) {
        this.archive = archive;
        this.settlement = settlement;
        this.refusalRetry = refusalRetry;
        this.metrics = metrics;
    }

    /**
     * Archives a batch; entries that are not done afterwards were refused.
     *
     * @throws StoreException if the service is stopping during an outage
     */
    void write(List<ArchiveEntry> batch) {
        var transactions = new Transactions();
        var refused = settlement.settle(transactions, batch).stream()
                .map(Blamed::item)
                .toList();
        if (refused.isEmpty()) {
            return;
        }
        // One wait for all of them: a database that refuses everything must not hold the batch for hours.
        try {
            refusalRetry.executeRunnable(() -> settlement.store(transactions, List.of(refused.getFirst())));
        } catch (StoreException e) {
            if (StoreException.Kind.PASSING.contains(e.kind())) {
                throw e;
            }
            LOG.error(
                    "dead letters can't be archived, they stay in the queue and are tried again count={} first={}",
                    refused.size(),
                    refused.getFirst().message().messageId(),
                    e);
        }
        metrics.returned((int) refused.stream().filter(entry -> !entry.isDone()).count());
    }

    private final class Transactions implements BatchTransactions<ArchiveEntry> {

        @Override
        public void store(List<ArchiveEntry> entries) {
            var failures = entries.stream().map(ArchiveEntry::failure).toList();
            var outcomes = archive.archive(failures);
            for (var i = 0; i < entries.size(); i++) {
                entries.get(i).done();
                metrics.settled(failures.get(i), outcomes.get(i));
            }
        }

        @Override
        public void rehearse() {
            archive.rehearse();
        }
    }
}
