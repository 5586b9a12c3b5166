package io.wager.rabbitmq.consume;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.wager.core.messaging.BatchSettings;
import io.wager.rabbitmq.RandomBackoff;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker of a subscription, on a thread of its own: keeps a channel open, has messages delivered on it, and runs its batches
 * one after the other. Whatever goes wrong, the channel is closed, its messages come again, and it goes on with a new one.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long IDLE_MILLIS = 500;
    private static final long SUSPECT_POLL_MILLIS = 20;
    private static final long MISSING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Surroundings surroundings;
    private final Fetching fetching;
    private final RandomBackoff backoff = new RandomBackoff(FIRST_PAUSE, LONGEST_PAUSE);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<String, Long> missing = new HashMap<>();
    private final Thread thread;
    private volatile @Nullable Intake intake;
    private volatile long stopDeadlineNanos;

    Lane(String name, Surroundings surroundings, Fetching fetching) {
        this.surroundings = surroundings;
        this.fetching = fetching;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
        surroundings.caution().onChange(this::wake);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Lets the batch in hand be the last. */
    void stop(long deadlineNanos) {
        stopDeadlineNanos = deadlineNanos;
        stopping.countDown();
        wake();
    }

    /** Waits for the end until the deadline, and then leaves what is in hand to whoever consumes next. */
    void awaitEnd() throws InterruptedException {
        var left = stopDeadlineNanos - System.nanoTime();
        if (left <= 0 || !thread.join(Duration.ofNanos(left))) {
            LOG.warn("a batch is not finished in time, it will come again: lane={}", thread.getName());
            thread.interrupt();
            var current = intake;
            if (current != null) {
                // On a thread of its own: while the worker is stuck in the socket, closing waits for the same lock.
                Thread.ofVirtual().start(current::abandon);
            }
        }
    }

    private void wake() {
        var current = intake;
        if (current != null) {
            current.holdings().wake();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void run() {
        while (!isStopping()) {
            try {
                if (work()) {
                    continue;
                }
            } catch (InterruptedException interrupted) {
                // Only closing is a reason to end.
                LOG.debug("interrupted", interrupted);
            } catch (OutOfMemoryError fatal) {
                // Nothing is known of any thread now: the process is to end.
                throw fatal;
            } catch (IOException | ShutdownSignalException lost) {
                LOG.warn("channel lost, its messages come again: queues={}", fetching.queues(), lost);
            } catch (RuntimeException | Error unexpected) {
                LOG.error("delivery failed, its messages come again: queues={}", fetching.queues(), unexpected);
            }
            pause();
        }
    }

    private void pause() {
        try {
            var unused = stopping.await(backoff.nextMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            LOG.debug("interrupted", interrupted);
        }
    }

    /** Works on one channel until it is lost or the subscription stops; false if that calls for a pause. */
    private boolean work() throws IOException, InterruptedException {
        var connection = surroundings.connection().await(IDLE_MILLIS);
        if (connection == null) {
            return true;
        }
        var channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the connection has no more channels");
        }
        var holdings = new Holdings(
                surroundings.settings(), surroundings.budget(), surroundings.caution(), surroundings.sizing());
        var current =
                new Intake(channel, holdings, surroundings.caution(), surroundings.metrics(), fetching.arguments());
        intake = current;
        try {
            while (!isStopping() && current.isOpen()) {
                step(current, connection);
            }
            if (isStopping() && current.isOpen()) {
                current.endAll();
                surroundings.desk().awaitAnswers(current, stopDeadlineNanos - System.nanoTime());
            }
            return false;
        } catch (IOException failure) {
            if (isMissing(failure)) {
                return true;
            }
            throw failure;
        } finally {
            intake = null;
            current.close();
            surroundings.caution().beCareful();
        }
    }

    private void step(Intake current, Connection connection) throws IOException, InterruptedException {
        if (surroundings.caution().hasSuspects()) {
            stepAside(current);
            return;
        }
        for (var queue : fetching.queues()) {
            if (isThere(queue, connection)) {
                fetch(queue, current);
            }
        }
        current.giveBack(current.holdings().takeShed(false));
        var batch = current.holdings().take(IDLE_MILLIS);
        if (!batch.isEmpty()) {
            surroundings.runner().run(batch, current, () -> fetching.afterHandling(current));
            backoff.reset();
        }
    }

    /** While a suspect is held: takes nothing more, finishes what else is held, and then handles suspects one by one. */
    private void stepAside(Intake current) throws IOException, InterruptedException {
        current.endAll();
        current.giveBack(current.holdings().takeShed(true));
        var batch = current.holdings().take(0);
        if (batch.isEmpty() && surroundings.caution().tryTurn()) {
            try {
                batch = current.holdings().takeSuspect();
                if (!batch.isEmpty()) {
                    surroundings.runner().run(batch, current, () -> {});
                    backoff.reset();
                }
            } finally {
                surroundings.caution().endTurn();
            }
        } else if (!batch.isEmpty()) {
            surroundings.runner().run(batch, current, () -> {});
        } else {
            current.holdings().pause(SUSPECT_POLL_MILLIS);
        }
    }

    private void fetch(String queue, Intake current) throws IOException, InterruptedException {
        try {
            fetching.fetch(queue, current);
        } catch (IOException failure) {
            if (isMissing(failure)) {
                LOG.warn("queue missing, checking again later: queue={}", queue);
                missing.put(queue, System.nanoTime());
            }
            throw failure;
        }
    }

    /** Looks for a missing queue from time to time, on a channel of its own, since the broker closes it if there is none. */
    private boolean isThere(String queue, Connection connection) {
        var since = missing.get(queue);
        if (since == null) {
            return true;
        }
        if (System.nanoTime() - since < MISSING_NANOS) {
            return false;
        }
        try (var channel = connection.createChannel()) {
            channel.queueDeclarePassive(queue);
            missing.remove(queue);
            return true;
        } catch (IOException | TimeoutException | ShutdownSignalException still) {
            LOG.debug("queue still missing: queue={}", queue, still);
            missing.put(queue, System.nanoTime());
            return false;
        }
    }

    private static boolean isMissing(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException closed
                && closed.getReason() instanceof AMQP.Channel.Close reason
                && reason.getReplyCode() == AMQP.NOT_FOUND;
    }

    /**
     * What the lanes of a subscription share.
     *
     * @param connection where channels are opened
     * @param settings how batches are cut
     * @param budget bounds the bytes that are held
     * @param caution what is held of what came back often
     * @param sizing the sizes that came lately
     * @param runner runs the batches
     * @param desk takes the dead letters
     * @param metrics counts
     */
    record Surroundings(
            ConsumingConnection connection,
            BatchSettings settings,
            ByteBudget budget,
            Caution caution,
            Sizing sizing,
            BatchRunner runner,
            DeadLetterDesk desk,
            ConsumeMetrics metrics) {}

    /** Which consumers a lane has, and of what prefetch. */
    interface Fetching {

        /** The lane's queues. */
        List<String> queues();

        /** The consumers' arguments. */
        Map<String, Object> arguments();

        /** Begins, renews or ends the consumer of a queue as is due, before the next batch. */
        void fetch(String queue, Intake intake) throws IOException, InterruptedException;

        /** Does what is to be done between handling a batch and acknowledging it. */
        void afterHandling(Intake intake) throws IOException;
    }
}
