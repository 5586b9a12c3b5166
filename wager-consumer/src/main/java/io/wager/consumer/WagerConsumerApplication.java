package io.wager.consumer;

import io.wager.rabbitmq.RabbitTransportConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The consumer as a service of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({WagerConsumerConfiguration.class, RabbitTransportConfiguration.class})
public class WagerConsumerApplication {

    /**
     * Starts the service.
     *
     * @param args Spring Boot's command line properties
     */
    public static void main(String[] args) {
        SpringApplication.run(WagerConsumerApplication.class, args);
    }
}
