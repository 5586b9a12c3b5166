package io.wager.core.messaging;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as every transport carries it. Always persistent.
 *
 * <p>The body array is shared, not copied: never write to it.
 *
 * @param messageId the {@code message_id} property; for a wager its wagerId. Null only on foreign messages
 * @param type the {@code type} property
 * @param contentType the {@code content_type} property
 * @param correlationId the {@code correlation_id} property, that of the request that caused the message
 * @param timestamp when the message was published; transports keep whole seconds
 * @param headers the headers; values are {@link String}, {@link Long}, {@link Integer} or {@link Boolean}, and on foreign messages any
 *     value that the transport can represent as text
 * @param body the bytes of the body
 */
// Never compared; the only equality that matters is that of content hashes.
@SuppressWarnings("ArrayRecordComponent")
public record Message(
        @Nullable String messageId,
        @Nullable String type,
        @Nullable String contentType,
        @Nullable String correlationId,
        @Nullable Instant timestamp,
        Map<String, Object> headers,
        byte[] body) {

    /** Copies the headers. */
    public Message {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * A header as text.
     *
     * @param name the header's name
     * @return its value's text, or null if the message has no such header
     */
    public @Nullable String headerText(String name) {
        var value = headers.get(name);
        return value == null ? null : value.toString();
    }

    /**
     * The same message with headers added or replaced.
     *
     * @param more the headers to set
     * @return the new message
     */
    public Message withHeaders(Map<String, Object> more) {
        var merged = new LinkedHashMap<>(headers);
        merged.putAll(more);
        return new Message(messageId, type, contentType, correlationId, timestamp, merged, body);
    }

    /** Never shows the body: payloads do not belong in logs. */
    @Override
    public String toString() {
        return "Message[messageId=" + messageId + ", type=" + type + ", bytes=" + body.length + "]";
    }
}
