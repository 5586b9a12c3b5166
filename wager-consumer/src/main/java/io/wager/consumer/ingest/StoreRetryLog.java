package io.wager.consumer.ingest;

import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts retries of the store, and tells of the first one and then of each power of two, so that an outage fills no log. */
final class StoreRetryLog implements EventConsumer<RetryOnRetryEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRetryLog.class);

    private final IngestMetrics metrics;

    StoreRetryLog(IngestMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void consumeEvent(RetryOnRetryEvent event) {
        metrics.retried();
        var attempts = event.getNumberOfRetryAttempts();
        if (Integer.bitCount(attempts) == 1) {
            LOG.warn(
                    "storing a batch failed, trying again attempts={} waitMillis={} cause={}",
                    attempts,
                    event.getWaitInterval().toMillis(),
                    String.valueOf(event.getLastThrowable()));
        }
    }
}
