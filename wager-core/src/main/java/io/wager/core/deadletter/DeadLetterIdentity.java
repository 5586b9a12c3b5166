package io.wager.core.deadletter;

import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The dead letter of a failed message, and the key of this failure. Both follow from the message alone, so archiving it twice, by any
 * instance, finds the same row.
 *
 * <p>A requeued message names its dead letter. The identity of any other follows from its content: message id, type, schema version and
 * body. A client that sends the same failing content again adds a failure to the one dead letter.
 *
 * @param deadLetterId the dead letter
 * @param failureKey 16 bytes, equal for the same failure of the same message however often it is delivered: the number of the
 *     requeue, or what differs between two publishings of one content (correlation id, time, trace)
 */
// Never compared as a record; the bytes go to the database.
@SuppressWarnings("ArrayRecordComponent")
public record DeadLetterIdentity(UUID deadLetterId, byte[] failureKey) {

    private static final int KEY_BYTES = 16;

    /**
     * The identity of a message from the dead-letter queue.
     *
     * @param message the dead letter
     * @return its identity
     */
    public static DeadLetterIdentity of(Message message) {
        return Requeue.of(message)
                .map(requeue -> new DeadLetterIdentity(
                        requeue.deadLetterId(), key("requeue", String.valueOf(requeue.number()))))
                .orElseGet(() -> new DeadLetterIdentity(contentId(message), publishing(message)));
    }

    private static byte[] publishing(Message message) {
        var timestamp = message.timestamp();
        return key(
                "publishing",
                message.correlationId(),
                timestamp == null ? null : timestamp.toString(),
                message.headerText(MessageHeaders.TRACEPARENT));
    }

    /** A UUID of version 8: 122 bits of the hash. */
    private static UUID contentId(Message message) {
        var digest = sha256();
        update(digest, message.messageId());
        update(digest, message.type());
        update(digest, message.headerText(MessageHeaders.SCHEMA_VERSION));
        var bytes = ByteBuffer.wrap(digest.digest(message.body()));
        var high = (bytes.getLong() & ~0xF000L) | 0x8000L;
        var low = (bytes.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }

    private static byte[] key(@Nullable String... parts) {
        var digest = sha256();
        for (var part : parts) {
            update(digest, part);
        }
        return Arrays.copyOf(digest.digest(), KEY_BYTES);
    }

    /** Led by its length, so that no two lists of texts give the same bytes. */
    private static void update(MessageDigest digest, @Nullable String text) {
        var bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(text == null ? -1 : bytes.length)
                .array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
