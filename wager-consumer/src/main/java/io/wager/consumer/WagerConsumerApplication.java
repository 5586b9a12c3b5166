package io.wager.consumer;

import io.wager.consumer.reconcile.ReconcileCommand;
import io.wager.consumer.schema.SchemaConfiguration;
import io.wager.consumer.schema.SchemaProperties;
import io.wager.rabbitmq.RabbitTransportConfiguration;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** The consumer as a separate service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WagerConsumerApplication.Parts.class)
public class WagerConsumerApplication {

    /** The configuration of this process: a run that only migrates opens the database and nothing else. */
    static final class Parts implements ImportSelector {

        private final Environment environment;

        Parts(Environment environment) {
            this.environment = environment;
        }

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return SchemaProperties.isOneShot(environment)
                    ? new String[] {SchemaConfiguration.class.getName()}
                    : new String[] {
                        WagerConsumerConfiguration.class.getName(), RabbitTransportConfiguration.class.getName()
                    };
        }
    }

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
