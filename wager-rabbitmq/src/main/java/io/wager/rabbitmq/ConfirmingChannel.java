package io.wager.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open channel in confirm mode, and what was written to it and not yet confirmed. Written to by one thread only; the
 * broker's answers come on the connection's thread. Not reopened: its numbers end with it, so that no late answer can be
 * taken for another message's.
 */
final class ConfirmingChannel {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmingChannel.class);

    private final Channel channel;
    private final ConcurrentNavigableMap<Long, PendingPublish> unconfirmed = new ConcurrentSkipListMap<>();
    private volatile boolean closed;
    private volatile boolean confirmedAny;
    private volatile boolean retired;

    /** Since when the broker has refused everything, by {@link System#nanoTime}; null if it took the last message. */
    private volatile @Nullable Long refusingSince;

    /** Counts as the broker counts: only what was really written. The client's own counter also counts what it refused. */
    private long lastSequence;

    ConfirmingChannel(Channel channel) throws IOException {
        this.channel = channel;
        channel.addConfirmListener(
                (sequence, multiple) -> {
                    refusingSince = null;
                    settle(sequence, multiple, PublishOutcome.CONFIRMED, "");
                },
                (sequence, multiple) -> {
                    refuse();
                    settle(
                            sequence,
                            multiple,
                            PublishOutcome.NACKED,
                            "the broker refused the message (queue full, or no quorum)");
                });
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

    /** How long the broker has refused all that was written, in nanoseconds; 0 if it took the last message. */
    long refusingNanos() {
        var since = refusingSince;
        return since == null ? 0 : System.nanoTime() - since;
    }

    /** Closes the channel as soon as everything written is settled. Nothing is written to it any more. */
    void retire() {
        retired = true;
        closeIfSettled();
    }

    /** Drops what has ended otherwise, by its deadline, so that a broker that never confirms costs no memory. */
    void forgetEnded() {
        unconfirmed.values().removeIf(PendingPublish::isEnded);
        closeIfSettled();
    }

    private void refuse() {
        if (refusingSince == null) {
            refusingSince = System.nanoTime();
        }
    }

    /** On a thread of its own: closing waits for the broker's answer, which comes on the thread that settles. */
    private void closeIfSettled() {
        if (retired && !closed && unconfirmed.isEmpty()) {
            Thread.ofVirtual().start(this::abort);
        }
    }

    /** Closes the channel, whatever was written to it. Waits for the broker's answer. */
    void abort() {
        try {
            channel.abort();
        } catch (IOException gone) {
            LOG.debug("a channel was gone already", gone);
        }
    }

    private void settle(long sequence, boolean multiple, PublishOutcome outcome, String detail) {
        confirmedAny = true;
        if (multiple) {
            settleUpTo(sequence, outcome, detail);
        } else {
            var publish = unconfirmed.remove(sequence);
            if (publish != null) {
                publish.end(outcome, detail);
            }
        }
        closeIfSettled();
    }

    private void settleUpTo(long sequence, PublishOutcome outcome, String detail) {
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
