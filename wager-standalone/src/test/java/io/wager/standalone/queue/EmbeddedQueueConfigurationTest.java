package io.wager.standalone.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EmbeddedQueueConfigurationTest {

    @Test
    void partitionsAreRefusedAtStart() {
        new ApplicationContextRunner()
                .withUserConfiguration(EmbeddedQueueConfiguration.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(SimpleMeterRegistry.class)
                .withBean(FakeLiveness.class)
                .withPropertyValues("wager.messaging.transport=embedded", "wager.messaging.partitions=4")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("wager.messaging.partitions")
                        .hasMessageContaining("RabbitMQ"));
    }
}
