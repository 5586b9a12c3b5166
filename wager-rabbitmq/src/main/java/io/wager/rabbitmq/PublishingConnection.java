package io.wager.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection that messages are published on, with its channels, from its opening to its end. */
final class PublishingConnection {

    private static final Logger LOG = LoggerFactory.getLogger(PublishingConnection.class);
    private static final int ABORT_MILLIS = 2_000;

    private final Connection connection;
    private final List<ChannelWriter> writers = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean blocked;

    PublishingConnection(Connection connection, PublishProperties properties) throws IOException {
        this.connection = connection;
        connection.addBlockedListener(this::block, this::unblock);
        for (var number = 0; number < properties.channels(); number++) {
            writers.add(new ChannelWriter(connection, properties.confirmTimeout(), "wager-publish-" + number));
        }
        writers.forEach(ChannelWriter::start);
        // Called at once if the connection is closed already.
        connection.addShutdownListener(this::end);
    }

    boolean isBlocked() {
        return blocked;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Whether it has ended by then. */
    boolean awaitEnd(Duration longest) throws InterruptedException {
        return ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Hands a message to the next channel in turn, passing over those that the broker has closed. */
    void enqueue(PendingPublish publish) {
        var first = turn.getAndIncrement();
        for (var step = 0; step < writers.size(); step++) {
            var writer = writers.get(Math.floorMod(first + step, writers.size()));
            if (writer.isOpen()) {
                writer.enqueue(publish);
                return;
            }
        }
        writers.get(Math.floorMod(first, writers.size())).enqueue(publish);
    }

    void forgetEnded() {
        writers.forEach(ChannelWriter::forgetEnded);
    }

    /** Closes the connection, if need be without the broker's answer. */
    void close() {
        // On a thread of its own: while a writer is stuck in the socket, closing waits for the same lock.
        var closing =
                Thread.ofPlatform().daemon().name("wager-publish-close").start(() -> connection.abort(ABORT_MILLIS));
        try {
            closing.join(Duration.ofMillis(ABORT_MILLIS + 1_000));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    private void block(String reason) {
        blocked = true;
        LOG.warn("publishing blocked by the broker: reason={}", reason);
    }

    private void unblock() {
        blocked = false;
        LOG.info("publishing no longer blocked by the broker");
    }

    private void end(ShutdownSignalException cause) {
        if (!hasEnded() && !cause.isInitiatedByApplication()) {
            LOG.warn("publishing connection lost: {}", cause.getMessage());
        }
        stop();
    }

    private void stop() {
        ended.countDown();
        writers.forEach(ChannelWriter::stop);
    }
}
