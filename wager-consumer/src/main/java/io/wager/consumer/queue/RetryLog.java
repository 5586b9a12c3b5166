package io.wager.consumer.queue;

import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import io.wager.consumer.store.StoreException;
import io.wager.service.database.FailureFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts retries, and tells of the first one and then of each power of two, so that an outage fills no log. Tells what kind of
 * failure it was and by which code, and no message: those have SQL and the values of rows in them.
 */
final class RetryLog implements EventConsumer<RetryOnRetryEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(RetryLog.class);

    private final Runnable counter;

    RetryLog(Runnable counter) {
        this.counter = counter;
    }

    @Override
    public void consumeEvent(RetryOnRetryEvent event) {
        counter.run();
        var attempts = event.getNumberOfRetryAttempts();
        if (Integer.bitCount(attempts) == 1) {
            LOG.warn(
                    "a batch failed, trying again retry={} attempts={} waitMillis={} {}",
                    event.getName(),
                    attempts,
                    event.getWaitInterval().toMillis(),
                    facts(event.getLastThrowable()));
        }
    }

    /** Whoever threw it may have compared failures, and know more than its causes tell. */
    private static FailureFacts facts(Throwable failure) {
        return failure instanceof StoreException sorted
                ? FailureFacts.of(sorted, sorted.kind())
                : FailureFacts.of(failure);
    }
}
