package io.wager.bench.speed.drain;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/** Publishes wagers as the API does, with the same body, properties and headers, and waits for the broker's confirms. */
final class QueueFill {

    private static final int PERSISTENT = 2;
    private static final int OUTSTANDING = 2_000;
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(60);

    private QueueFill() {}

    /**
     * Publishes all of them.
     *
     * @return how many there were
     */
    static int publish(Connection connection, Load load) throws IOException, InterruptedException {
        try (Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            var count = 0;
            for (var wagers = load.messages().iterator(); wagers.hasNext(); count++) {
                publish(channel, wagers.next(), count);
                if (count % OUTSTANDING == OUTSTANDING - 1) {
                    channel.waitForConfirmsOrDie(CONFIRM_TIMEOUT.toMillis());
                }
            }
            channel.waitForConfirmsOrDie(CONFIRM_TIMEOUT.toMillis());
            return count;
        } catch (TimeoutException timeout) {
            throw new IOException("the broker does not confirm", timeout);
        }
    }

    private static void publish(Channel channel, Wager wager, long sequence) throws IOException {
        var hex = HexFormat.of();
        var id = wager.wagerId().value();
        var traceparent = "00-" + hex.toHexDigits(id.getMostSignificantBits())
                + hex.toHexDigits(id.getLeastSignificantBits()) + '-' + hex.toHexDigits(sequence + 1) + "-01";
        channel.basicPublish(
                Topology.WAGERS.exchange(),
                Topology.WAGERS.routingKey(),
                true,
                new AMQP.BasicProperties.Builder()
                        .messageId(wager.wagerId().toString())
                        .type(MessageHeaders.WAGER_TYPE)
                        .contentType(MessageHeaders.JSON)
                        .correlationId(new UUID(1, sequence).toString())
                        .timestamp(Date.from(Instant.now()))
                        .deliveryMode(PERSISTENT)
                        .headers(Map.of(
                                MessageHeaders.SCHEMA_VERSION,
                                MessageHeaders.CURRENT_SCHEMA_VERSION,
                                MessageHeaders.TRACEPARENT,
                                traceparent,
                                "publish-seq",
                                sequence))
                        .build(),
                WagerEncoder.encode(wager));
    }
}
