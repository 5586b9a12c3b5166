package io.wager.consumer.watchdog;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.consumer.queue.BatchesInHand;
import io.wager.consumer.queue.QueueSubscription;
import io.wager.consumer.store.StoreProperties;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the watchdog. */
@Configuration(proxyBeanMethods = false)
class WatchdogConfiguration {

    @Bean
    @ConditionalOnProperty(name = "wager.schema.migrate-and-exit", havingValue = "false", matchIfMissing = true)
    Watchdog watchdog(
            WatchdogProperties properties,
            BatchesInHand inHand,
            List<QueueSubscription> subscriptions,
            StoreProperties store,
            DataSource dataSource,
            ApplicationEventPublisher events,
            MeterRegistry meters) {
        var stalledAfter = Optional.ofNullable(properties.stalledAfter())
                .orElseGet(() -> TransactionDeadline.of(
                        connectionTimeout(dataSource), store.queryTimeout(), store.lockTimeout()));
        var threads = ManagementFactory.getThreadMXBean();
        return new Watchdog(
                new Symptoms(inHand, subscriptions, threads, stalledAfter),
                threads,
                events,
                properties.interval(),
                meters);
    }

    private static Duration connectionTimeout(DataSource dataSource) {
        var pool = DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
        return pool == null ? Duration.ZERO : Duration.ofMillis(pool.getConnectionTimeout());
    }
}
