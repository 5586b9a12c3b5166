package io.wager.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * One open channel in confirm mode, and what was written to it and not yet confirmed. Written to by one thread only; the
 * broker's answers come on the connection's thread. Not reopened: its numbers end with it, so that no late answer can be
 * taken for another message's.
 */
final class ConfirmingChannel {

    private final Channel channel;
    private final ConcurrentNavigableMap<Long, PendingPublish> unconfirmed = new ConcurrentSkipListMap<>();
    private volatile boolean closed;
    private volatile boolean confirmedAny;

    /** Counts as the broker counts: only what was really written. The client's own counter also counts what it refused. */
    private long lastSequence;

    ConfirmingChannel(Channel channel) throws IOException {
        this.channel = channel;
        channel.addConfirmListener(
                (sequence, multiple) -> settle(sequence, multiple, PublishOutcome.CONFIRMED, ""),
                (sequence, multiple) -> settle(
                        sequence,
                        multiple,
                        PublishOutcome.NACKED,
                        "the broker refused the message (queue full, or no quorum)"));
        channel.addReturnListener(this::returned);
        channel.addShutdownListener(this::closed);
        channel.confirmSelect();
    }

    /**
     * Writes one message; blocks while the broker takes no bytes.
     *
     * @throws IOException if the channel is of no more use
     * @throws ShutdownSignalException likewise
     */
    void write(PendingPublish publish) throws IOException {
        var sequence = lastSequence + 1;
        unconfirmed.put(sequence, publish);
        try {
            var destination = publish.destination();
            channel.basicPublish(
                    destination.exchange(),
                    destination.routingKey(),
                    true,
                    AmqpMessages.toProperties(publish.message(), sequence),
                    publish.message().body());
            lastSequence = sequence;
        } catch (IllegalArgumentException unwritable) {
            // Thrown while encoding, before the first byte is written: headers beyond a frame, a routing key beyond 255
            // bytes.
            unconfirmed.remove(sequence);
            publish.end(PublishOutcome.NACKED, "the message can't be written: " + unwritable.getMessage());
            return;
        }
        if (closed) {
            failAll("the channel closed");
        }
    }

    boolean isOpen() {
        return !closed && channel.isOpen();
    }

    boolean hasConfirmedAny() {
        return confirmedAny;
    }

    /** Drops what has ended otherwise, by its deadline, so that a broker that never confirms costs no memory. */
    void forgetEnded() {
        unconfirmed.values().removeIf(PendingPublish::isEnded);
    }

    private void settle(long sequence, boolean multiple, PublishOutcome outcome, String detail) {
        confirmedAny = true;
        if (!multiple) {
            var publish = unconfirmed.remove(sequence);
            if (publish != null) {
                publish.end(outcome, detail);
            }
            return;
        }
        for (var first = unconfirmed.firstEntry();
                first != null && first.getKey() <= sequence;
                first = unconfirmed.firstEntry()) {
            if (unconfirmed.remove(first.getKey(), first.getValue())) {
                first.getValue().end(outcome, detail);
            }
        }
    }

    /** Comes before the confirm of the same message, which then finds nothing left to confirm. */
    private void returned(Return returned) {
        BasicProperties properties = returned.getProperties();
        var headers = properties.getHeaders();
        if (headers != null && headers.get(AmqpMessages.PUBLISH_SEQUENCE) instanceof Long sequence) {
            var publish = unconfirmed.remove(sequence);
            if (publish != null) {
                publish.end(PublishOutcome.RETURNED, "no queue took the message: " + returned.getReplyText());
            }
        }
    }

    private void closed(ShutdownSignalException cause) {
        closed = true;
        failAll(String.valueOf(cause.getMessage()));
    }

    private void failAll(String detail) {
        for (var entry = unconfirmed.pollFirstEntry(); entry != null; entry = unconfirmed.pollFirstEntry()) {
            entry.getValue().end(PublishOutcome.UNREACHABLE, detail);
        }
    }
}
