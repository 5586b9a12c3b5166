package io.wager.api.database;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Guards the application's pool, whoever made it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** The instance of {@code resilience4j.circuitbreaker}. */
    static final String BREAKER = "wager-reads";

    /** Off where the pool is somebody else's too, as in the standalone. */
    @Bean
    @ConditionalOnProperty(name = "wager.reads.circuit-breaker", havingValue = "true", matchIfMissing = true)
    static BeanPostProcessor dataSourceGuard(ObjectProvider<CircuitBreakerRegistry> breakers) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String beanName) {
                return bean instanceof DataSource pool
                        ? new GuardedDataSource(pool, () -> breakers.getObject().circuitBreaker(BREAKER))
                        : bean;
            }
        };
    }
}
