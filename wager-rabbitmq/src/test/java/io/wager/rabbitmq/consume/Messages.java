package io.wager.rabbitmq.consume;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import java.util.Map;

/** Makes messages as a broker delivers them. */
final class Messages {

    private Messages() {}

    static Received message(long tag, Fetch fetch, int bytes, int attempt) {
        var properties = new BasicProperties.Builder()
                .messageId("m-" + tag)
                .headers(attempt == 1 ? Map.of() : Map.of("x-delivery-count", attempt - 1L))
                .build();
        return Received.of(
                fetch, new Envelope(tag, attempt > 1, "wagers", "casino.wager"), properties, new byte[bytes]);
    }
}
