package io.wager.rabbitmq;

import io.wager.core.messaging.Partitions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the services do to the broker.
 *
 * @param declareTopology whether exchanges, queues and bindings are declared on every connect. Off where an operator imports
 *     them and the accounts may not configure anything
 * @param partitions over how many queues wagers are spread, beside the one that is always there; 0 to 256
 * @param shutdownTimeout how long a consumer that stops waits for the batches in hand to be stored and acknowledged; positive.
 *     What takes longer is delivered again, to whoever consumes then
 */
@Validated
@ConfigurationProperties("wager.messaging")
public record MessagingProperties(
        @DefaultValue("true") boolean declareTopology,
        @DefaultValue("0") @Min(0) @Max(Partitions.MOST) int partitions,
        @DefaultValue("30s") Duration shutdownTimeout) {

    /** Refuses what can't work. */
    public MessagingProperties {
        if (!shutdownTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "wager.messaging.shutdown-timeout must be positive, and is " + shutdownTimeout);
        }
    }
}
