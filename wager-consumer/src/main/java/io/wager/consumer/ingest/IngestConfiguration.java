package io.wager.consumer.ingest;

import io.wager.consumer.deadletter.DeadLetterMetrics;
import io.wager.consumer.queue.BatchBytes;
import io.wager.consumer.queue.BatchesInHand;
import io.wager.consumer.queue.QueueSubscription;
import io.wager.consumer.queue.Stopping;
import io.wager.consumer.queue.StoreBreakers;
import io.wager.consumer.queue.StoreRetries;
import io.wager.consumer.schema.SchemaGate;
import io.wager.consumer.settlement.BatchSettlement;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.WagerStore;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.WagerDecoder;
import io.wager.service.validation.ValidationProperties;
import java.time.Clock;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the ingest. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

    /** Instance of {@code resilience4j.retry} for what passes by itself: waits it out. */
    static final String OUTAGE_RETRY = "wager-store-outage";

    /** Instance of {@code resilience4j.retry} for failures of unknown kind: a few attempts. */
    static final String UNKNOWN_FAILURE_RETRY = "wager-store-unknown-failure";

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    WagerBatchListener wagerBatchListener(
            WagerStore store,
            WagerMessageDecoder decoder,
            StoreRetries retries,
            StoreBreakers breakers,
            IngestMetrics metrics,
            DeadLetterMetrics deadLetters) {
        var outageRetry = retries.of(OUTAGE_RETRY, StoreException.Kind.PASSING, metrics::retried);
        var unknownFailureRetry =
                retries.of(UNKNOWN_FAILURE_RETRY, Set.of(StoreException.Kind.UNKNOWN), metrics::retried);
        return new WagerBatchListener(
                decoder,
                new WagerBatchWriter(
                        store,
                        new BatchSettlement(breakers.ingest(), outageRetry, unknownFailureRetry),
                        metrics,
                        deadLetters),
                metrics);
    }

    @Bean
    WagerMessageDecoder wagerMessageDecoder(ValidationProperties validation, Clock clock) {
        return new WagerMessageDecoder(new WagerDecoder(validation.maxClockSkew()), clock);
    }

    @Bean
    @ConditionalOnProperty(name = "wager.schema.migrate-and-exit", havingValue = "false", matchIfMissing = true)
    QueueSubscription ingestSubscription(
            MessageSource source,
            WagerBatchListener listener,
            SchemaGate schema,
            IngestProperties properties,
            BatchesInHand inHand,
            Stopping stopping) {
        var settings = new BatchSettings(
                properties.batchSize(),
                BatchBytes.orDefault(properties.batchBytes()).toBytes(),
                properties.batchWait(),
                properties.concurrency());
        var followed = inHand.follow(Topology.WAGER_QUEUE, listener);
        return new QueueSubscription(Topology.WAGER_QUEUE, source, settings, followed, schema, stopping);
    }
}
