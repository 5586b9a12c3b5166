package io.wager.rabbitmq.consume;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.LongString;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Destination;
import io.wager.rabbitmq.AmqpMessages;

/**
 * A message as it came, not yet taken apart: that is left to the thread that handles it.
 *
 * @param tag the delivery tag, which counts up on its channel
 * @param fetch the consumer that it came by
 * @param envelope where it was published to
 * @param properties its properties
 * @param body its body
 * @param attempt the how-manieth delivery this is, from 1
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
record Received(long tag, Fetch fetch, Envelope envelope, BasicProperties properties, byte[] body, int attempt) {

    /** About what a message takes beside its body and the texts of its headers. */
    static final int OVERHEAD_BYTES = 1_024;

    static Received of(Fetch fetch, Envelope envelope, BasicProperties properties, byte[] body) {
        return new Received(
                envelope.getDeliveryTag(), fetch, envelope, properties, body, AmqpMessages.attempt(properties));
    }

    /** What holding it costs, about. */
    long bytes() {
        var bytes = (long) OVERHEAD_BYTES + body.length;
        if (properties.getHeaders() != null) {
            for (var value : properties.getHeaders().values()) {
                bytes += value instanceof LongString text ? text.length() : Long.BYTES;
            }
        }
        return bytes;
    }

    Delivery delivery() {
        return new Delivery(
                AmqpMessages.toMessage(properties, body),
                new Destination(envelope.getExchange(), envelope.getRoutingKey()),
                attempt);
    }
}
