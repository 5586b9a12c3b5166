package io.wager.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes on a connection of its own, with confirms on every message and many unconfirmed messages at once. It connects in the
 * background, and again whenever the connection is lost. So the application can start while the broker is away.
 *
 * <p>It uses the plain client, because Spring AMQP 3.2 can stay blocked after the broker died with confirms outstanding (spring-amqp issues
 * 3448 and 3625).
 */
public final class RabbitMessagePublisher implements MessagePublisher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RabbitMessagePublisher.class);
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(100);
    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(5);
    private static final Duration RENEWAL_CHECK = Duration.ofSeconds(2);
    private static final long LONGEST_SWEEP_MILLIS = 50;

    private final BrokerConnector connector;
    private final MessagingProperties messaging;
    private final PublishProperties properties;
    private final PublishMetrics metrics;
    private final long deadlineNanos;
    private final Semaphore room;
    private final Set<PendingPublish> onTheirWay = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch drained = new CountDownLatch(1);
    private final Thread connecting;
    private final Thread sweeping;
    private volatile @Nullable PublishingConnection current;

    /**
     * Starts to connect; {@link #close()} ends it.
     *
     * @param connector opens the connections
     * @param messaging whether the topology is declared after each connect
     * @param properties deadline and bounds
     * @param registry gets the meters
     */
    public RabbitMessagePublisher(
            BrokerConnector connector,
            MessagingProperties messaging,
            PublishProperties properties,
            MeterRegistry registry) {
        this.connector = connector;
        this.properties = properties;
        this.messaging = messaging;
        deadlineNanos = properties.confirmTimeout().toNanos();
        room = new Semaphore(properties.maxOutstanding());
        metrics = new PublishMetrics(registry, onTheirWay::size, this::state);
        connecting = Thread.ofPlatform().daemon().name("wager-publish-connect").unstarted(this::keepConnected);
        sweeping = Thread.ofPlatform().daemon().name("wager-publish-deadlines").unstarted(this::sweepDeadlines);
        connecting.start();
        sweeping.start();
    }

    @Override
    public CompletableFuture<Void> publish(Destination destination, Message message) {
        var start = System.nanoTime();
        var refusal = refusal();
        if (refusal == null && !acquireRoom()) {
            refusal = PublishOutcome.SATURATED;
        } else if (refusal == null) {
            return send(new PendingPublish(destination, message, start, this::ended));
        }
        var refused = new PendingPublish(
                destination, message, start, (publish, outcome) -> metrics.ended(outcome, System.nanoTime() - start));
        refused.end(refusal, detail(refusal));
        return refused.future();
    }

    @Override
    public State state() {
        var connection = current;
        if (connection == null || connection.hasEnded()) {
            return State.DISCONNECTED;
        }
        return connection.isBlocked() ? State.BLOCKED : State.READY;
    }

    /** Takes no more messages, waits for outstanding confirms up to the confirm timeout, and closes the connection. */
    @Override
    public void close() {
        closed.countDown();
        awaitConfirms();
        drained.countDown();
        var connection = current;
        if (connection != null) {
            connection.close();
        }
        connecting.interrupt();
        onTheirWay.forEach(publish -> publish.end(PublishOutcome.UNREACHABLE, "the publisher was closed"));
    }

    /** How many more messages may be unconfirmed. */
    int roomLeft() {
        return room.availablePermits();
    }

    private @Nullable PublishOutcome refusal() {
        if (closed.getCount() == 0) {
            return PublishOutcome.UNREACHABLE;
        }
        return switch (state()) {
            case READY -> null;
            case DISCONNECTED -> PublishOutcome.UNREACHABLE;
            case BLOCKED -> PublishOutcome.BLOCKED;
        };
    }

    private static String detail(PublishOutcome refusal) {
        return switch (refusal) {
            case BLOCKED -> "the broker blocks publishing by an alarm";
            case SATURATED -> "too many messages are on their way";
            case CONFIRMED, NACKED, RETURNED, UNCONFIRMED, UNREACHABLE -> "there is no connection to the broker";
        };
    }

    private boolean acquireRoom() {
        if (room.tryAcquire()) {
            return true;
        }
        try {
            // No longer than half of its time, or what gets room at last has none left for its confirm.
            return room.tryAcquire(deadlineNanos / 2, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<Void> send(PendingPublish publish) {
        onTheirWay.add(publish);
        var connection = current;
        if (connection == null) {
            publish.end(PublishOutcome.UNREACHABLE, detail(PublishOutcome.UNREACHABLE));
        } else {
            connection.enqueue(publish);
        }
        return publish.future();
    }

    private void ended(PendingPublish publish, PublishOutcome outcome) {
        onTheirWay.remove(publish);
        room.release();
        metrics.ended(outcome, System.nanoTime() - publish.startNanos());
    }

    private void keepConnected() {
        var backoff = new RandomBackoff(FIRST_RECONNECT, LONGEST_RECONNECT);
        try {
            do {
                var connection = connect();
                if (connection != null) {
                    backoff.reset();
                    awaitEnd(connection);
                    current = null;
                }
            } while (!closed.await(backoff.nextMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a connection, and every one that took its place, has ended. */
    private void awaitEnd(PublishingConnection first) throws InterruptedException {
        var connection = first;
        while (!connection.awaitEnd(RENEWAL_CHECK)) {
            // While the broker blocks, the new connection would not know it before its first message.
            var successor = closed.getCount() == 0 || connection.isBlocked() ? null : open(connector::renew);
            if (successor != null) {
                LOG.info("publishing goes on with the new credentials");
                retire(connection);
                connection = successor;
            }
        }
    }

    /** Closes a connection that gets no more messages, when all that it got have ended, by their confirms or their deadlines. */
    private void retire(PublishingConnection connection) {
        Thread.ofPlatform().daemon().name("wager-publish-retire").start(() -> {
            try {
                var ignored = drained.await(deadlineNanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            connection.close();
        });
    }

    /** The new connection, ready for use, or null if none can be opened. */
    private @Nullable PublishingConnection connect() {
        return open(connector::connect);
    }

    /** The new connection in use, or null if there is none. */
    private @Nullable PublishingConnection open(Opening opening) {
        try {
            var opened = opening.open();
            if (opened == null) {
                return null;
            }
            try {
                if (messaging.declareTopology()) {
                    try (var channel = opened.createChannel()) {
                        RabbitTopology.declare(channel, messaging.partitions());
                    }
                }
                var connection = new PublishingConnection(opened, properties);
                current = connection;
                LOG.info("publishing connection open: channels={}", properties.channels());
                return connection;
            } catch (IOException | TimeoutException | RuntimeException unusable) {
                opened.abort();
                throw unusable;
            }
        } catch (IOException | TimeoutException | ShutdownSignalException away) {
            LOG.warn("publishing connection could not be opened: {}", ConnectFailure.describe(away));
        } catch (RuntimeException unexpected) {
            LOG.error("publishing connection could not be opened", unexpected);
        }
        return null;
    }

    private void sweepDeadlines() {
        var interval = Math.min(
                LONGEST_SWEEP_MILLIS, Math.max(1, properties.confirmTimeout().toMillis() / 10));
        try {
            while (!drained.await(interval, TimeUnit.MILLISECONDS)) {
                sweepOnce();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweepOnce() {
        try {
            sweep();
        } catch (RuntimeException unexpected) {
            // Every publish has its deadline from this thread, which must not end.
            LOG.error("deadlines of publishes could not be checked", unexpected);
        }
    }

    private void sweep() {
        var now = System.nanoTime();
        var anyExpired = false;
        for (var publish : onTheirWay) {
            if (now - publish.startNanos() >= deadlineNanos) {
                publish.end(PublishOutcome.UNCONFIRMED, "no confirm within " + properties.confirmTimeout());
                anyExpired = true;
            }
        }
        var connection = current;
        if (anyExpired && connection != null) {
            connection.forgetEnded();
        }
    }

    /** Every unconfirmed message holds a place: if all places are free, there is none. */
    private void awaitConfirms() {
        try {
            if (room.tryAcquire(properties.maxOutstanding(), deadlineNanos, TimeUnit.NANOSECONDS)) {
                room.release(properties.maxOutstanding());
            } else {
                LOG.warn("closing with unconfirmed messages: count={}", onTheirWay.size());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Opening {
        @Nullable
        Connection open() throws IOException, TimeoutException;
    }
}
