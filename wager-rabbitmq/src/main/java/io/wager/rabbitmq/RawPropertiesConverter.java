package io.wager.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;

/**
 * Hands the broker's own properties through. Spring's conversion would cut long strings, give absent properties a value, and
 * take foreign messages with a header of Spring's apart.
 */
final class RawPropertiesConverter extends DefaultMessagePropertiesConverter {

    @Override
    public MessageProperties toMessageProperties(BasicProperties source, @Nullable Envelope envelope, String charset) {
        if (envelope == null) {
            throw new IllegalArgumentException("a delivery has an envelope");
        }
        var properties = new Raw(source, envelope);
        properties.setDeliveryTag(envelope.getDeliveryTag());
        properties.setRedelivered(envelope.isRedeliver());
        properties.setReceivedExchange(envelope.getExchange());
        properties.setReceivedRoutingKey(envelope.getRoutingKey());
        return properties;
    }

    /** Spring's properties with the broker's inside. */
    // Spring's class has equals and serialization; neither is used for deliveries.
    @SuppressWarnings({"serial", "EqualsDoesNotOverride"})
    static final class Raw extends MessageProperties {

        private final transient BasicProperties amqp;
        private final transient Envelope envelope;

        private Raw(BasicProperties amqp, Envelope envelope) {
            this.amqp = amqp;
            this.envelope = envelope;
        }

        BasicProperties amqp() {
            return amqp;
        }

        Envelope envelope() {
            return envelope;
        }
    }
}
