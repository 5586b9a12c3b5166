package io.wager.consumer.ingest;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.wager.consumer.schema.SchemaGate;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.WagerStore;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.MessageSource;
import io.wager.core.wager.WagerDecoder;
import java.time.Clock;
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
    Stopping stopping() {
        return new Stopping();
    }

    @Bean
    WagerBatchListener wagerBatchListener(
            WagerStore store,
            WagerMessageDecoder decoder,
            RetryRegistry retries,
            IngestMetrics metrics,
            Stopping stopping) {
        var outageRetry = retrying(retries, OUTAGE_RETRY, StoreException.Kind.TRANSIENT, stopping);
        var unknownFailureRetry = retrying(retries, UNKNOWN_FAILURE_RETRY, StoreException.Kind.UNKNOWN, stopping);
        outageRetry.getEventPublisher().onRetry(new StoreRetryLog(metrics));
        unknownFailureRetry.getEventPublisher().onRetry(new StoreRetryLog(metrics));
        return new WagerBatchListener(
                decoder, new WagerBatchWriter(store, outageRetry, unknownFailureRetry, metrics), metrics);
    }

    @Bean
    WagerMessageDecoder wagerMessageDecoder(ValidationProperties validation, Clock clock) {
        return new WagerMessageDecoder(new WagerDecoder(validation.maxClockSkew()), clock);
    }

    @Bean
    @ConditionalOnProperty(name = "wager.schema.migrate-and-exit", havingValue = "false", matchIfMissing = true)
    IngestSubscription ingestSubscription(
            MessageSource source,
            WagerBatchListener listener,
            SchemaGate schema,
            IngestProperties properties,
            Stopping stopping) {
        var settings = new BatchSettings(properties.batchSize(), properties.batchWait(), properties.concurrency());
        return new IngestSubscription(source, listener, schema, settings, stopping);
    }

    /** The configured retry of that name, for one kind of failure, until the service stops. */
    private static Retry retrying(RetryRegistry retries, String name, StoreException.Kind kind, Stopping stopping) {
        var config = RetryConfig.from(retries.retry(name).getRetryConfig())
                .retryOnException(failure ->
                        failure instanceof StoreException store && store.kind() == kind && !stopping.isStopping())
                .build();
        var retry = Retry.of(name, config);
        retries.replace(name, retry);
        return retry;
    }
}
