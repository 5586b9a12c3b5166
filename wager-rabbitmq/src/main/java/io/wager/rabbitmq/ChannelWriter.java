package io.wager.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes what is queued to one channel, so that whoever publishes never waits for the broker's socket. A
 * channel that the broker closes is opened again, as long as the connection lasts.
 */
final class ChannelWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelWriter.class);
    private static final Duration FIRST_REOPEN = Duration.ofMillis(50);
    private static final Duration LONGEST_REOPEN = Duration.ofSeconds(5);
    private static final long CHANNEL_CHECK_MILLIS = 200;
    private static final long LONGEST_REFUSING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Connection connection;
    private final long deadlineNanos;
    private final BlockingQueue<PendingPublish> queue = new LinkedBlockingQueue<>();
    private final RandomBackoff backoff = new RandomBackoff(FIRST_REOPEN, LONGEST_REOPEN);
    private final Thread thread;
    private volatile @Nullable ConfirmingChannel channel;
    private volatile @Nullable ConfirmingChannel retired;
    private volatile boolean stopped;

    ChannelWriter(Connection connection, Duration confirmTimeout, String name) throws IOException {
        this.connection = connection;
        deadlineNanos = confirmTimeout.toNanos();
        channel = open();
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void enqueue(PendingPublish publish) {
        queue.add(publish);
        if (stopped) {
            failQueued();
        }
    }

    boolean isOpen() {
        var current = channel;
        return current != null && current.isOpen();
    }

    /** Drops what its deadline has ended, queued or written. */
    void forgetEnded() {
        queue.removeIf(PendingPublish::isEnded);
        var current = channel;
        if (current != null) {
            current.forgetEnded();
        }
        var last = retired;
        if (last != null) {
            last.forgetEnded();
        }
    }

    /** Ends the thread, when the connection is gone. */
    void stop() {
        stopped = true;
        thread.interrupt();
        failQueued();
    }

    private void run() {
        try {
            while (!stopped) {
                var current = openChannel();
                var publish = queue.poll(CHANNEL_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                if (current != null && publish != null && !hasExpired(publish)) {
                    write(current, publish);
                } else if (current == null && publish != null) {
                    publish.end(PublishOutcome.UNREACHABLE, "the channel is closed");
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            failQueued();
        }
    }

    private boolean hasExpired(PendingPublish publish) {
        if (!publish.isEnded() && System.nanoTime() - publish.startNanos() > deadlineNanos) {
            publish.end(PublishOutcome.UNCONFIRMED, "expired before it was written");
        }
        return publish.isEnded();
    }

    private void write(ConfirmingChannel current, PendingPublish publish) {
        try {
            current.write(publish);
        } catch (IOException | ShutdownSignalException gone) {
            publish.end(PublishOutcome.UNREACHABLE, "the channel closed: " + gone.getMessage());
        } catch (RuntimeException unexpected) {
            // Else the thread would end, and with it all publishing, while the connection looks well.
            LOG.error("a message could not be written, its channel is closed", unexpected);
            publish.end(PublishOutcome.UNREACHABLE, "the message could not be written: " + unexpected);
            current.abort();
        }
    }

    /** The open channel; null if it can't be opened now. */
    private @Nullable ConfirmingChannel openChannel() throws InterruptedException {
        var current = channel;
        if (current != null && current.isOpen()) {
            return current.refusingNanos() < LONGEST_REFUSING_NANOS ? current : replace(current);
        }
        if (current != null && current.hasConfirmedAny()) {
            backoff.reset();
        }
        TimeUnit.MILLISECONDS.sleep(backoff.nextMillis());
        if (stopped || !connection.isOpen()) {
            return null;
        }
        try {
            current = open();
            LOG.info("publishing channel reopened");
        } catch (IOException | ShutdownSignalException refused) {
            LOG.warn("publishing channel could not be reopened: {}", refused.getMessage());
            current = null;
        }
        channel = current;
        return current;
    }

    /**
     * Takes a new channel for one that is refused everything. A quorum queue tells each channel that it is full and, when there is
     * room again, that it has room; where its limit is taken away, it never does, and only a new channel is taken (seen on
     * RabbitMQ 3.10).
     */
    private ConfirmingChannel replace(ConfirmingChannel refused) {
        try {
            var fresh = open();
            channel = fresh;
            retired = refused;
            refused.retire();
            LOG.info("publishing channel replaced, since the broker refused everything on it");
            return fresh;
        } catch (IOException | ShutdownSignalException notNow) {
            LOG.warn("publishing channel could not be replaced: {}", notNow.getMessage());
            return refused;
        }
    }

    private ConfirmingChannel open() throws IOException {
        var opened = connection.createChannel();
        if (opened == null) {
            throw new IOException("the connection has no more channels");
        }
        return new ConfirmingChannel(opened);
    }

    private void failQueued() {
        for (var publish = queue.poll(); publish != null; publish = queue.poll()) {
            publish.end(PublishOutcome.UNREACHABLE, "the connection closed");
        }
    }
}
