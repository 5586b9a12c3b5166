package io.wager.rabbitmq;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.DeadLetterKeeper;
import io.wager.core.messaging.MessagePublisher;
import io.wager.rabbitmq.consume.ConsumeProperties;
import io.wager.rabbitmq.consume.RabbitMessageSource;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.TransportEnds;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Opens publishers and sources on a test's broker. */
final class RabbitEnds {

    static final PublishProperties DEFAULTS = new PublishProperties(Duration.ofSeconds(5), 10_000, 2);

    private RabbitEnds() {}

    static TransportEnds open(RabbitMqServer server) {
        return open(server, 0);
    }

    static TransportEnds open(RabbitMqServer server, int partitions) {
        var publisher = publisher(server, DEFAULTS, new SimpleMeterRegistry(), partitions);
        awaitReady(publisher);
        var source = source(server, publisher, partitions);
        return new TransportEnds(publisher, source, () -> {
            source.close();
            publisher.close();
        });
    }

    static RabbitMessagePublisher readyPublisher(
            RabbitMqServer server, PublishProperties properties, MeterRegistry registry) {
        var publisher = publisher(server, properties, registry);
        awaitReady(publisher);
        return publisher;
    }

    static RabbitMessagePublisher publisher(
            RabbitMqServer server, PublishProperties properties, MeterRegistry registry) {
        return publisher(server, properties, registry, 0);
    }

    private static RabbitMessagePublisher publisher(
            RabbitMqServer server, PublishProperties properties, MeterRegistry registry, int partitions) {
        var factory = connectionFactory(server);
        return new RabbitMessagePublisher(
                () -> factory.newConnection("wager-publish"), messaging(partitions), properties, registry);
    }

    static RabbitMessageSource source(RabbitMqServer server, MessagePublisher deadLetters) {
        return source(server, deadLetters, 0);
    }

    private static RabbitMessageSource source(RabbitMqServer server, MessagePublisher deadLetters, int partitions) {
        return new RabbitMessageSource(
                consumingConnector(server),
                deadLetters,
                null,
                messaging(partitions),
                Clock.systemUTC(),
                new ConsumeProperties(Duration.ofDays(1), null),
                new SimpleMeterRegistry());
    }

    static RabbitMessageSource source(
            BrokerConnector connector,
            MessagePublisher deadLetters,
            @Nullable DeadLetterKeeper keeper,
            DataSize maxBytes,
            MeterRegistry registry) {
        return new RabbitMessageSource(
                connector,
                deadLetters,
                keeper,
                new MessagingProperties(true, 0, Duration.ofMillis(500)),
                Clock.systemUTC(),
                new ConsumeProperties(Duration.ofDays(1), maxBytes),
                registry);
    }

    static BrokerConnector consumingConnector(RabbitMqServer server) {
        var factory = connectionFactory(server);
        return () -> factory.newConnection(RabbitMessageSource.deliveryExecutor(), "wager-consume");
    }

    private static MessagingProperties messaging(int partitions) {
        return new MessagingProperties(true, partitions, Duration.ofSeconds(10));
    }

    static void awaitReady(MessagePublisher publisher) {
        await().atMost(Duration.ofSeconds(30)).until(() -> publisher.state() == MessagePublisher.State.READY);
    }

    private static ConnectionFactory connectionFactory(RabbitMqServer server) {
        var factory = server.connectionFactory();
        factory.setConnectionTimeout(2_000);
        factory.setHandshakeTimeout(5_000);
        factory.setChannelRpcTimeout(5_000);
        factory.setRequestedHeartbeat(10);
        return factory;
    }
}
