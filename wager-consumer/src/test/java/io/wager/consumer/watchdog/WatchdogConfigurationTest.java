package io.wager.consumer.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.queue.BatchesInHand;
import io.wager.consumer.queue.QueueSubscription;
import io.wager.consumer.queue.Stopping;
import io.wager.consumer.schema.TestSchema;
import io.wager.consumer.store.StoreProperties;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
class WatchdogConfigurationTest {

    private final Source source = new Source();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(WatchdogConfiguration.class, Properties.class)
            .withPropertyValues("wager.watchdog.interval=100ms")
            .withBean(ApplicationAvailabilityBean.class)
            .withBean(BatchesInHand.class)
            .withBean(SimpleMeterRegistry.class)
            .withBean(DataSource.class, JdbcDataSource::new)
            .withBean(
                    StoreProperties.class, () -> new StoreProperties(Duration.ofSeconds(5), Duration.ofSeconds(30), 1))
            .withBean(
                    QueueSubscription.class,
                    () -> new QueueSubscription(
                            Topology.WAGER_QUEUE,
                            source,
                            new BatchSettings(1, Duration.ZERO, 1),
                            batch -> List.of(Disposition.DONE),
                            TestSchema.openGate(),
                            new Stopping()));

    @Test
    void aWorkerThatEndedTurnsLivenessFalse() {
        runner.run(context -> {
            var availability = context.getBean(ApplicationAvailabilityBean.class);
            // As a SpringApplication does when it has started.
            AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
            assertThat(availability.getLivenessState()).isEqualTo(LivenessState.CORRECT);

            source.isWorking = false;

            await().until(() -> availability.getLivenessState() == LivenessState.BROKEN);
        });
    }

    @Test
    void aRunThatOnlyMigratesHasNothingToWatch() {
        runner.withPropertyValues("wager.schema.migrate-and-exit=true")
                .run(context -> assertThat(context).doesNotHaveBean(Watchdog.class));
    }

    /** The values that are bound. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(WatchdogProperties.class)
    static class Properties {}

    private static final class Source implements MessageSource {

        private volatile boolean isWorking = true;

        @Override
        public Subscription subscribe(String queue, BatchSettings settings, BatchHandler handler) {
            return new Subscription() {
                @Override
                public boolean isWorking() {
                    return isWorking;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public long depth(String queue) {
            return 0;
        }
    }
}
