package io.wager.consumer.deadletter;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.wager.consumer.queue.BatchBytes;
import io.wager.consumer.queue.BatchesInHand;
import io.wager.consumer.queue.QueueSubscription;
import io.wager.consumer.queue.Stopping;
import io.wager.consumer.queue.StoreBreakers;
import io.wager.consumer.queue.StoreRetries;
import io.wager.consumer.schema.SchemaGate;
import io.wager.consumer.settlement.BatchSettlement;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.consumer.store.StoreTransactions;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.DeadLetterKeeper;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.WagerDecoder;
import io.wager.service.validation.ValidationProperties;
import java.time.Clock;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the archive of dead letters. */
@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

    /** Instance of {@code resilience4j.retry} for what passes by itself: waits it out. */
    static final String OUTAGE_RETRY = "wager-archive-outage";

    /** Instance of {@code resilience4j.retry} for a letter that is refused: a few attempts before it goes back to its queue. */
    static final String REFUSAL_RETRY = "wager-archive-refusal";

    /** A batch that is refused is bisected at once, so that what can be archived is. */
    static final Retry ONCE =
            Retry.of("wager-archive-batch", RetryConfig.custom().maxAttempts(1).build());

    @Bean
    DeadLetterArchive deadLetterArchive(StoreTransactions transactions, Clock clock) {
        return new JdbcDeadLetterArchive(transactions, clock);
    }

    @Bean
    DeadLetterBatchListener deadLetterBatchListener(
            DeadLetterArchive archive,
            ValidationProperties validation,
            Clock clock,
            StoreRetries retries,
            StoreBreakers breakers,
            DeadLetterMetrics metrics) {
        var reader = new DeadLetterReader(new WagerDecoder(validation.maxClockSkew()), clock);
        var outageRetry = retries.of(OUTAGE_RETRY, Kind.PASSING, metrics::retried);
        var refusalRetry = retries.of(REFUSAL_RETRY, Set.of(Kind.DATA, Kind.UNKNOWN), metrics::retried);
        return new DeadLetterBatchListener(
                reader,
                new DeadLetterBatchWriter(
                        archive, new BatchSettlement(breakers.archive(), outageRetry, ONCE), refusalRetry, metrics),
                metrics);
    }

    /** For a transport that can't publish dead letters at the moment. */
    @Bean
    DeadLetterKeeper deadLetterKeeper(
            DeadLetterArchive archive, ValidationProperties validation, Clock clock, DeadLetterMetrics metrics) {
        return new ArchiveKeeper(
                new DeadLetterReader(new WagerDecoder(validation.maxClockSkew()), clock), archive, metrics);
    }

    @Bean
    @ConditionalOnProperty(name = "wager.schema.migrate-and-exit", havingValue = "false", matchIfMissing = true)
    QueueSubscription deadLetterSubscription(
            MessageSource source,
            DeadLetterBatchListener listener,
            SchemaGate schema,
            DeadLetterProperties properties,
            BatchesInHand inHand,
            Stopping stopping) {
        var settings = new BatchSettings(
                properties.batchSize(),
                BatchBytes.orDefault(properties.batchBytes()).toBytes(),
                properties.batchWait(),
                properties.concurrency());
        var followed = inHand.follow(Topology.DEAD_LETTER_QUEUE, listener);
        return new QueueSubscription(Topology.DEAD_LETTER_QUEUE, source, settings, followed, schema, stopping);
    }

    @Bean
    @ConditionalOnProperty(name = "wager.schema.migrate-and-exit", havingValue = "false", matchIfMissing = true)
    DeadLetterRetention deadLetterRetention(
            StoreTransactions transactions,
            DeadLetterProperties properties,
            SchemaGate schema,
            DeadLetterMetrics metrics,
            Clock clock) {
        return new DeadLetterRetention(
                new SettledDeadLetterRepository(transactions), properties, schema, metrics, clock);
    }
}
