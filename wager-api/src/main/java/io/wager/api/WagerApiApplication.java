package io.wager.api;

import io.wager.rabbitmq.RabbitTransportConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Runs the API as a separate service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({WagerApiConfiguration.class, RabbitTransportConfiguration.class})
public class WagerApiApplication {

    /**
     * Starts the service.
     *
     * @param arguments Spring Boot's
     */
    public static void main(String[] arguments) {
        SpringApplication.run(WagerApiApplication.class, arguments);
    }
}
