package io.wager.standalone.liveness;

import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the liveness of the standalone. */
@Configuration(proxyBeanMethods = false)
public class LivenessConfiguration {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration REOPEN_TIMEOUT = Duration.ofSeconds(30);

    @Bean
    ProcessLiveness liveness(ApplicationContext context) {
        return new ProcessLiveness(context);
    }

    @Bean
    StoreWatch storeWatch(DataSourceProperties properties, Liveness liveness) {
        var database = new JdbcDataSource();
        database.setUrl(properties.determineUrl());
        database.setUser(properties.determineUsername());
        database.setPassword(properties.determinePassword());
        var watch = new StoreWatch(database, liveness, REOPEN_TIMEOUT);
        watch.start(INTERVAL);
        return watch;
    }
}
