package io.wager.rabbitmq.consume;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.wager.rabbitmq.BrokerConnector;
import io.wager.rabbitmq.ConnectFailure;
import io.wager.rabbitmq.MessagingProperties;
import io.wager.rabbitmq.RabbitTopology;
import io.wager.rabbitmq.RandomBackoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that messages are consumed on: opened by a thread of its own when it is first asked for, and again whenever it is
 * lost. Consuming has its own, since an alarm of the broker blocks those that publish.
 */
final class ConsumingConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumingConnection.class);
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(100);
    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(5);
    private static final int ABORT_MILLIS = 2_000;

    private final BrokerConnector connector;
    private final MessagingProperties messaging;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private volatile boolean started;
    private volatile @Nullable Connection current;

    ConsumingConnection(BrokerConnector connector, MessagingProperties messaging) {
        this.connector = connector;
        this.messaging = messaging;
        thread = Thread.ofPlatform().daemon().name("wager-consume-connect").unstarted(this::run);
    }

    /** Whether it will be opened again when it is lost. */
    boolean isKept() {
        return closed.getCount() == 0 || !started || thread.isAlive();
    }

    /**
     * The open connection.
     *
     * @param millis the longest wait for it
     * @return null if there is none by then
     */
    @Nullable
    Connection await(long millis) throws InterruptedException {
        lock.lock();
        try {
            if (!started) {
                thread.start();
                // Not before, or it would look as if the thread had ended.
                started = true;
            }
            var left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (current == null && left > 0) {
                left = opened.awaitNanos(left);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection, if need be without the broker's answer. */
    void close() {
        closed.countDown();
        var connection = current;
        if (connection != null) {
            // On a thread of its own: while a worker is stuck in the socket, closing waits for the same lock.
            var closing = Thread.ofPlatform()
                    .daemon()
                    .name("wager-consume-close")
                    .start(() -> connection.abort(ABORT_MILLIS));
            try {
                closing.join(Duration.ofMillis(ABORT_MILLIS + 1_000));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        thread.interrupt();
    }

    private void run() {
        var backoff = new RandomBackoff(FIRST_RECONNECT, LONGEST_RECONNECT);
        try {
            do {
                var ended = new CountDownLatch(1);
                var connection = open(ended);
                if (connection != null) {
                    backoff.reset();
                    set(connection);
                    ended.await();
                    set(null);
                }
            } while (!closed.await(backoff.nextMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        var left = current;
        if (left != null) {
            left.abort(ABORT_MILLIS);
        }
    }

    private void set(@Nullable Connection connection) {
        lock.lock();
        try {
            current = connection;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Connection open(CountDownLatch ended) {
        try {
            var connection = connector.connect();
            try {
                declareTopology(connection);
                // Called at once if the connection is closed already.
                connection.addShutdownListener(cause -> {
                    if (!cause.isInitiatedByApplication()) {
                        LOG.warn("consuming connection lost: {}", cause.getMessage());
                    }
                    ended.countDown();
                });
                LOG.info("consuming connection open");
                return connection;
            } catch (RuntimeException unusable) {
                connection.abort(ABORT_MILLIS);
                throw unusable;
            }
        } catch (IOException | TimeoutException | ShutdownSignalException away) {
            LOG.warn("consuming connection could not be opened: {}", ConnectFailure.describe(away));
        } catch (RuntimeException unexpected) {
            LOG.error("consuming connection could not be opened", unexpected);
        }
        return null;
    }

    private void declareTopology(Connection connection) {
        if (!messaging.declareTopology()) {
            return;
        }
        try (var channel = connection.createChannel()) {
            RabbitTopology.declare(channel, messaging.partitions());
        } catch (IOException | TimeoutException | ShutdownSignalException refused) {
            LOG.error("topology could not be declared on the consuming connection", refused);
        }
    }
}
