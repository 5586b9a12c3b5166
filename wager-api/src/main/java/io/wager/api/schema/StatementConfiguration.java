package io.wager.api.schema;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The client through which every repository speaks to the database. */
@Configuration(proxyBeanMethods = false)
class StatementConfiguration {

    /** In place of Spring Boot's; opens no connection. */
    @Bean
    JdbcClient jdbcClient(NamedParameterJdbcOperations operations) {
        return new DialectClient(operations);
    }
}
