package io.wager.rabbitmq;

import io.wager.core.messaging.Partitions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the services use the broker.
 *
 * @param declareTopology whether exchanges, queues and bindings are declared on every connect. False where an operator imports
 *     them and the accounts may not configure anything
 * @param partitions number of queues over which wagers are spread, beside the one that always exists; 0 to 256
 * @param shutdownTimeout how long a stopping consumer waits until the batches in hand are stored and acknowledged; positive.
 *     A batch that takes longer is delivered again, to another consumer
 * @param authentication {@code password}: {@code spring.rabbitmq.username} and {@code password}; {@code certificate}: the client's
 *     certificate of {@code spring.rabbitmq.ssl.bundle}
 */
@Validated
@ConfigurationProperties("wager.messaging")
public record MessagingProperties(
        @DefaultValue("true") boolean declareTopology,
        @DefaultValue("0") @Min(0) @Max(Partitions.MOST) int partitions,
        @DefaultValue("30s") Duration shutdownTimeout,
        @DefaultValue("password") BrokerAuthentication authentication) {

    /** The usual way of proving who one is; parameters as above. */
    public MessagingProperties(boolean declareTopology, int partitions, Duration shutdownTimeout) {
        this(declareTopology, partitions, shutdownTimeout, BrokerAuthentication.PASSWORD);
    }

    /** Refuses what can't work. */
    @ConstructorBinding
    public MessagingProperties {
        if (!shutdownTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "wager.messaging.shutdown-timeout must be positive, and is " + shutdownTimeout);
        }
    }
}
