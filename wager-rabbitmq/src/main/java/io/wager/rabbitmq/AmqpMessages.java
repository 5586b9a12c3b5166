package io.wager.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.LongString;
import io.wager.core.messaging.Message;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages as AMQP properties, and back. */
public final class AmqpMessages {

    /** Header with the channel's own number of the publish, which identifies a returned message. Never delivered. */
    static final String PUBLISH_SEQUENCE = "publish-seq";

    /** Header in which a quorum queue counts the deliveries that came back. Absent on the first. */
    static final String DELIVERY_COUNT = "x-delivery-count";

    private static final Set<String> TRANSPORT_HEADERS = Set.of(PUBLISH_SEQUENCE, DELIVERY_COUNT, "x-acquired-count");
    private static final int PERSISTENT = 2;

    private AmqpMessages() {}

    static BasicProperties toProperties(Message message, long sequence) {
        Map<String, Object> headers = new HashMap<>(message.headers());
        headers.put(PUBLISH_SEQUENCE, sequence);
        return new BasicProperties.Builder()
                .messageId(message.messageId())
                .type(message.type())
                .contentType(message.contentType())
                .correlationId(message.correlationId())
                .timestamp(message.timestamp() == null ? null : Date.from(message.timestamp()))
                .headers(headers)
                .deliveryMode(PERSISTENT)
                .build();
    }

    /**
     * A delivered message.
     *
     * @param properties its properties
     * @param body its body
     * @return the message, without the transport's own headers
     */
    public static Message toMessage(BasicProperties properties, byte[] body) {
        var timestamp = properties.getTimestamp();
        return new Message(
                properties.getMessageId(),
                properties.getType(),
                properties.getContentType(),
                properties.getCorrelationId(),
                timestamp == null ? null : timestamp.toInstant(),
                readableHeaders(properties.getHeaders()),
                body);
    }

    /**
     * The number of this delivery of a message.
     *
     * @param properties the properties of a delivered message
     * @return the number, from 1
     */
    public static int attempt(BasicProperties properties) {
        var count =
                properties.getHeaders() == null ? null : properties.getHeaders().get(DELIVERY_COUNT);
        return count instanceof Number before ? before.intValue() + 1 : 1;
    }

    private static Map<String, Object> readableHeaders(@Nullable Map<String, Object> headers) {
        Map<String, Object> readable = new LinkedHashMap<>();
        if (headers != null) {
            headers.forEach((name, value) -> {
                if (!TRANSPORT_HEADERS.contains(name)) {
                    readable.put(name, readable(value));
                }
            });
        }
        return readable;
    }

    private static Object readable(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Long number -> number;
            case Integer number -> number;
            case Boolean truth -> truth;
            case null, default -> text(value);
        };
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case LongString text -> text.toString();
            case Date time -> time.toInstant().toString();
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case List<?> list -> list.stream().map(AmqpMessages::text).toList().toString();
            case Map<?, ?> table -> {
                Map<String, String> texts = new LinkedHashMap<>();
                table.forEach((name, inner) -> texts.put(text(name), text(inner)));
                yield texts.toString();
            }
            default -> value.toString();
        };
    }
}
