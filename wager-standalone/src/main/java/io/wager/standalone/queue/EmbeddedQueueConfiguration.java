package io.wager.standalone.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.wager.standalone.liveness.Liveness;
import java.sql.SQLException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The embedded transport, where {@code wager.messaging.transport} is {@code embedded}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "wager.messaging.transport", havingValue = "embedded")
@EnableConfigurationProperties({EmbeddedQueueProperties.class, EmbeddedPublishProperties.class})
public class EmbeddedQueueConfiguration {

    @Bean
    EmbeddedTransport embeddedTransport(
            EmbeddedQueueProperties queue,
            EmbeddedPublishProperties publishing,
            Clock clock,
            MeterRegistry registry,
            Liveness liveness,
            @Value("${wager.messaging.partitions:0}") int partitions)
            throws SQLException {
        if (partitions != 0) {
            throw new IllegalArgumentException(
                    "wager.messaging.partitions is for RabbitMQ and must be 0 with the embedded queue, and is "
                            + partitions);
        }
        return new EmbeddedTransport(queue, publishing, clock, registry, liveness);
    }
}
