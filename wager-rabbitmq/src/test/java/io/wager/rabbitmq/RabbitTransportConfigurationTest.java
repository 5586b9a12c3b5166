package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;
import io.wager.rabbitmq.consume.RabbitMessageSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Port 1 has no broker: everything here starts while the broker is away. */
final class RabbitTransportConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RabbitAutoConfiguration.class))
            .withUserConfiguration(RabbitTransportConfiguration.class)
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues(
                    "spring.rabbitmq.addresses=127.0.0.1:1", "spring.lifecycle.timeout-per-shutdown-phase=40s");

    @Test
    void startsWithoutABrokerAndWithoutMakingTheSource() {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(MessagePublisher.class).state()).isEqualTo(MessagePublisher.State.DISCONNECTED);
            assertThat(context.getBeanFactory().containsSingleton("rabbitMessageSource"))
                    .isFalse();
            assertThat(context.getBean(MessageSource.class)).isInstanceOf(RabbitMessageSource.class);
        });
    }

    @Test
    void anotherTransportTurnsItOff() {
        application
                .withPropertyValues("wager.messaging.transport=embedded")
                .run(context -> assertThat(context).doesNotHaveBean(MessagePublisher.class));
    }

    @Test
    void shutdownTimeoutThatThePhaseWouldCutOffIsRefused() {
        application
                .withPropertyValues("wager.messaging.shutdown-timeout=40s")
                .run(context -> assertThatThrownBy(() -> context.getBean(MessageSource.class))
                        .rootCause()
                        .hasMessageContaining("wager.messaging.shutdown-timeout")
                        .hasMessageContaining("spring.lifecycle.timeout-per-shutdown-phase"));
    }

    @Test
    void aTimeToAcknowledgeThatNoOutageFitsIntoFailsAndNamesTheProperty() {
        application
                .withPropertyValues("wager.consume.ack-timeout=59s")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("wager.consume.ack-timeout"));
    }

    @Test
    void roomThatNoMessageFitsIntoFailsAndNamesTheProperty() {
        application
                .withPropertyValues("wager.consume.max-bytes=1KB")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("wager.consume.max-bytes"));
    }

    @Test
    void impossibleCombinationFailsAndNamesTheProperty() {
        application
                .withPropertyValues("wager.publish.max-outstanding=1", "wager.publish.channels=2")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("wager.publish.max-outstanding"));
    }
}
