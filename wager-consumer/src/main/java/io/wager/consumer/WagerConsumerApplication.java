package io.wager.consumer;

import io.wager.consumer.reconcile.ReconcileCommand;
import io.wager.rabbitmq.RabbitTransportConfiguration;
import java.util.Arrays;
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
     * Starts the service, or runs the command that the first argument names.
     *
     * @param args Spring Boot's command line properties; or {@value ReconcileCommand#NAME} and its options
     */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(ReconcileCommand.NAME)) {
            System.exit(ReconcileCommand.run(Arrays.copyOfRange(args, 1, args.length)));
        }
        SpringApplication.run(WagerConsumerApplication.class, args);
    }
}
