package io.wager.consumer.schema;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** A run that only migrates starts no web server. */
final class OneShotEnvironment implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (SchemaProperties.isOneShot(environment)) {
            var properties = Map.<String, Object>of(
                    "spring.main.web-application-type", "none",
                    // Readiness names parts of the service that such a run does not have, and nobody asks for it.
                    "management.endpoint.health.validate-group-membership", "false");
            environment.getPropertySources().addFirst(new MapPropertySource("migrate-and-exit", properties));
        }
    }

    /** After the configuration files have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
