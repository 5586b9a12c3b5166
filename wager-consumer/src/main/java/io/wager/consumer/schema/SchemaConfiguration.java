package io.wager.consumer.schema;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the wait for the schema. It replaces Boot's Flyway, which fails the start when the database is away. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SchemaProperties.class)
public class SchemaConfiguration {

    /** Others wait for it before they use the database. */
    @Bean
    SchemaGate schemaGate() {
        return new SchemaGate();
    }

    @Bean
    DatabaseInspection databaseInspection(DataSource dataSource) {
        return new DatabaseInspection(dataSource);
    }

    @Bean
    SchemaWatch schemaWatch(
            DataSource dataSource,
            DatabaseInspection inspection,
            SchemaProperties properties,
            SchemaGate schemaGate,
            ProcessExit processExit) {
        return new SchemaWatch(
                new SchemaMigration(dataSource), inspection, properties, schemaGate, processExit, Clock.systemUTC());
    }

    /** The readiness group uses the name. It differs from the other service's, which may share the context. */
    @Bean("wagerStoreSchemaHealthIndicator")
    HealthIndicator schemaHealthIndicator(SchemaGate schemaGate, DatabaseInspection inspection) {
        return new SchemaHealthIndicator(schemaGate, inspection);
    }

    @Bean
    @ConditionalOnMissingBean
    ProcessExit processExit(ApplicationContext context) {
        return code -> System.exit(SpringApplication.exit(context, () -> code));
    }
}
