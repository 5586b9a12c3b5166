package io.wager.api.support;

import javax.sql.DataSource;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database that all tests with {@link ApiSlice} share. */
@Configuration(proxyBeanMethods = false)
@TestComponent
class SliceDatabase {

    @Bean
    TestDatabase testDatabase() {
        return TestDatabase.create();
    }

    @Bean
    DatabaseFault databaseFault() {
        return new DatabaseFault();
    }

    @Bean(destroyMethod = "")
    DataSource dataSource(TestDatabase database, DatabaseFault fault) {
        return fault.on(database.dataSource());
    }
}
