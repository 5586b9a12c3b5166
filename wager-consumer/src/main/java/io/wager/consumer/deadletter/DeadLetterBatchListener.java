package io.wager.consumer.deadletter;

import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import java.util.List;

/**
 * Archives the dead letters of a batch. Returns only after the commit, so that the transport acknowledges what is safe; what
 * could not be archived stays in the queue and comes again. No message is ever given up here: there is nowhere left to put it.
 */
final class DeadLetterBatchListener implements BatchHandler {

    private final DeadLetterReader reader;
    private final DeadLetterBatchWriter writer;
    private final DeadLetterMetrics metrics;

    DeadLetterBatchListener(DeadLetterReader reader, DeadLetterBatchWriter writer, DeadLetterMetrics metrics) {
        this.reader = reader;
        this.writer = writer;
        this.metrics = metrics;
    }

    @Override
    public List<Disposition> handle(List<Delivery> deliveries) {
        metrics.received(deliveries.size());
        var batch = deliveries.stream()
                .map(delivery -> new ArchiveEntry(delivery.message(), reader))
                .toList();
        try {
            writer.write(batch);
        } catch (RuntimeException | Error e) {
            // The service is stopping. What was committed is known when it comes again.
            metrics.returned(
                    (int) batch.stream().filter(entry -> !entry.isDone()).count());
            throw e;
        }
        return batch.stream().map(ArchiveEntry::disposition).toList();
    }
}
