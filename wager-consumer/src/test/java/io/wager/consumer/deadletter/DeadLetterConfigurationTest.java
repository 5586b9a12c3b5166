package io.wager.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.queue.BatchBytes;
import io.wager.consumer.queue.BatchesInHand;
import io.wager.consumer.queue.QueueSubscription;
import io.wager.consumer.queue.Stopping;
import io.wager.consumer.queue.StoreBreakers;
import io.wager.consumer.queue.StoreRetries;
import io.wager.consumer.schema.SchemaGate;
import io.wager.consumer.schema.TestSchema;
import io.wager.consumer.store.StoreProperties;
import io.wager.consumer.store.StoreTransactions;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import io.wager.service.validation.ValidationProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class DeadLetterConfigurationTest {

    private final RecordingSource source = new RecordingSource();
    private final SchemaGate gate = TestSchema.closedGate();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(DeadLetterConfiguration.class, Properties.class)
            .withBean(SchemaGate.class, () -> gate)
            .withBean("recordingSource", MessageSource.class, () -> source)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(Stopping.class)
            .withBean(RetryRegistry.class, RetryRegistry::ofDefaults)
            .withBean(StoreRetries.class)
            .withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
            .withBean(BatchesInHand.class)
            .withBean(StoreBreakers.class)
            .withBean(SimpleMeterRegistry.class)
            .withBean(DeadLetterMetrics.class)
            .withBean(
                    StoreTransactions.class,
                    () -> new StoreTransactions(
                            new JdbcDataSource(),
                            new StoreProperties(Duration.ofSeconds(5), Duration.ofSeconds(30), 1_000)));

    @Test
    void deadLettersAreTakenOnceTheSchemaIsThere() {
        runner.run(context -> {
            assertThat(source.subscribed).as("before the schema is ready").isEmpty();

            TestSchema.open(gate);

            assertThat(source.subscribed).containsExactly(Topology.DEAD_LETTER_QUEUE);
            assertThat(source.settings)
                    .containsExactly(
                            new BatchSettings(100, BatchBytes.orDefault(null).toBytes(), Duration.ofMillis(100), 1));
        });
        assertThat(source.closed).containsExactly(Topology.DEAD_LETTER_QUEUE);
    }

    @Test
    void aRunThatOnlyMigratesNeitherArchivesNorDeletes() {
        runner.withPropertyValues("wager.schema.migrate-and-exit=true").run(context -> {
            TestSchema.open(gate);

            assertThat(source.subscribed).isEmpty();
            assertThat(context).doesNotHaveBean(QueueSubscription.class).doesNotHaveBean(DeadLetterRetention.class);
        });
    }

    @Test
    void theTimesToKeepAreThirtyAndNinetyDays() {
        runner.run(context -> assertThat(context.getBean(DeadLetterProperties.class))
                .isEqualTo(new DeadLetterProperties(
                        100,
                        null,
                        Duration.ofMillis(100),
                        1,
                        Duration.ofDays(30),
                        Duration.ofDays(90),
                        Duration.ofMinutes(1),
                        500)));
    }

    @Test
    void aValueThatCannotWorkFailsTheStart() {
        runner.withPropertyValues("wager.dead-letters.batch-size=0")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("batchSize"));
        runner.withPropertyValues("wager.dead-letters.resolved-retention=-1d")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("resolvedRetention"));
    }

    /** The values that are bound. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({DeadLetterProperties.class, ValidationProperties.class})
    static class Properties {}

    private static final class RecordingSource implements MessageSource {

        private final List<String> subscribed = new ArrayList<>();
        private final List<BatchSettings> settings = new ArrayList<>();
        private final List<String> closed = new ArrayList<>();

        @Override
        public Subscription subscribe(String queue, BatchSettings asked, BatchHandler handler) {
            subscribed.add(queue);
            settings.add(asked);
            return () -> closed.add(queue);
        }

        @Override
        public long depth(String queue) {
            return 0;
        }
    }
}
