package io.wager.standalone.queue;

import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.DeadLetters;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of one subscription: take a batch, have it handled, settle it. */
final class EmbeddedSubscription implements MessageSource.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSubscription.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration INTERRUPTED_HANDLER_GRACE = Duration.ofSeconds(5);
    /** From its tenth attempt on a message comes alone: whatever is wrong with it no longer costs its neighbours attempts. */
    private static final int ALONE_FROM_ATTEMPT = Topology.DELIVERY_LIMIT / 2;

    private final QueueState queue;
    private final BatchSettings settings;
    private final BatchHandler handler;
    private final QueueWriter writer;
    private final List<QueueState> deadLetterQueues;
    private final Clock clock;
    private final Duration shutdownTimeout;
    private final List<Thread> workers;
    private final CountDownLatch closing = new CountDownLatch(1);

    EmbeddedSubscription(
            QueueState queue,
            BatchSettings settings,
            BatchHandler handler,
            QueueWriter writer,
            List<QueueState> deadLetterQueues,
            Clock clock,
            Duration shutdownTimeout) {
        this.queue = queue;
        this.settings = settings;
        this.handler = handler;
        this.writer = writer;
        this.deadLetterQueues = deadLetterQueues;
        this.clock = clock;
        this.shutdownTimeout = shutdownTimeout;
        workers = IntStream.range(0, settings.concurrency())
                .mapToObj(number -> new Worker("wager-queue-" + queue.name() + "-" + number))
                .map(Thread.class::cast)
                .toList();
        workers.forEach(Thread::start);
    }

    @Override
    public void close() {
        closing.countDown();
        workers.forEach(worker -> ((Worker) worker).stopWaiting());
        try {
            if (!join(shutdownTimeout)) {
                LOG.warn(
                        "A batch of {} was still in hand after {}; its messages stay in the queue",
                        queue.name(),
                        shutdownTimeout);
                workers.forEach(Thread::interrupt);
                join(INTERRUPTED_HANDLER_GRACE);
            }
        } catch (InterruptedException e) {
            workers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private boolean join(Duration timeout) throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        for (var worker : workers) {
            if (!worker.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** One thread of the subscription. */
    private final class Worker extends Thread {

        private final Object waitingLock = new Object();
        private boolean mayBeInterrupted;
        private int failures;

        Worker(String name) {
            super(name);
        }

        @Override
        public void run() {
            while (!isClosing()) {
                try {
                    var batch = takeBatch();
                    if (!batch.isEmpty()) {
                        handle(batch);
                    }
                } catch (SQLException | RuntimeException e) {
                    LOG.warn("Reading or settling {} failed; trying again", queue.name(), e);
                    backOff();
                } catch (InterruptedException e) {
                    LOG.debug("{} stops waiting", getName(), e);
                    return;
                }
            }
        }

        /** Ends a wait for messages, and leaves a handler at work alone. */
        void stopWaiting() {
            synchronized (waitingLock) {
                if (mayBeInterrupted) {
                    interrupt();
                }
            }
        }

        private List<QueueState.Taken> takeBatch() throws InterruptedException, SQLException {
            synchronized (waitingLock) {
                if (isClosing()) {
                    return List.of();
                }
                mayBeInterrupted = true;
            }
            try {
                return queue.take(settings.size(), settings.maxWait(), ALONE_FROM_ATTEMPT);
            } finally {
                synchronized (waitingLock) {
                    mayBeInterrupted = false;
                    // The interrupt was for the wait, which is over; the batch in hand is to be handled undisturbed.
                    Thread.interrupted();
                }
            }
        }

        private void handle(List<QueueState.Taken> batch) {
            List<Disposition> dispositions;
            try {
                dispositions = handler.handle(batch.stream()
                        .map(taken -> new Delivery(
                                taken.stored().message(), taken.stored().origin(), taken.attempt()))
                        .toList());
                if (dispositions.size() != batch.size()) {
                    throw new IllegalStateException(
                            "the handler disposed of " + dispositions.size() + " messages of " + batch.size());
                }
            } catch (RuntimeException e) {
                if (isClosing()) {
                    queue.giveBack(batch);
                    return;
                }
                LOG.warn(
                        "The handler of {} failed; its {} messages are delivered again", queue.name(), batch.size(), e);
                backOff();
                settle(
                        batch,
                        batch.stream()
                                .<Disposition>map(taken -> new Disposition.Again())
                                .toList(),
                        Failure.of(e));
                return;
            }
            failures = 0;
            settle(batch, dispositions, Failure.of("DeliveryLimit", "The message was given back too often."));
        }

        private void settle(List<QueueState.Taken> batch, List<Disposition> dispositions, Failure ofLimit) {
            List<StoredMessage> handled = new ArrayList<>();
            List<QueueCommand.Publish> letters = new ArrayList<>();
            List<QueueState.Taken> again = new ArrayList<>();
            for (var i = 0; i < batch.size(); i++) {
                var taken = batch.get(i);
                var disposition = dispositions.get(i);
                // A dead letter has nowhere left to go.
                if (disposition instanceof Disposition.Again
                        && taken.attempt() > Topology.DELIVERY_LIMIT
                        && !deadLetterQueues.contains(queue)) {
                    disposition = new Disposition.Dead(DeadLetterReason.DELIVERY_LIMIT, ofLimit);
                }
                switch (disposition) {
                    case Disposition.Done done -> handled.add(taken.stored());
                    case Disposition.Dead dead -> {
                        handled.add(taken.stored());
                        letters.add(letter(taken, dead));
                    }
                    case Disposition.Again retry -> again.add(taken);
                }
            }
            queue.giveBack(again);
            if (!handled.isEmpty()) {
                remove(batch, again, handled, letters);
            }
        }

        private void remove(
                List<QueueState.Taken> batch,
                List<QueueState.Taken> again,
                List<StoredMessage> handled,
                List<QueueCommand.Publish> letters) {
            var settling = new QueueCommand.Settle(queue, handled, letters, new CompletableFuture<>());
            writer.submit(settling);
            try {
                settling.done().join();
            } catch (CompletionException e) {
                queue.giveBack(
                        batch.stream().filter(taken -> !again.contains(taken)).toList());
                throw e;
            }
        }

        private QueueCommand.Publish letter(QueueState.Taken taken, Disposition.Dead dead) {
            var delivery = new Delivery(taken.stored().message(), taken.stored().origin(), taken.attempt());
            return new QueueCommand.Publish(
                    deadLetterQueues,
                    Topology.DEAD_LETTERS,
                    DeadLetters.of(delivery, dead, clock.instant()),
                    Long.MAX_VALUE,
                    new CompletableFuture<>());
        }

        private void backOff() {
            var longest = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << Math.min(failures, 10));
            failures++;
            try {
                if (closing.await(
                        ThreadLocalRandom.current().nextLong(longest / 2, longest + 1), TimeUnit.MILLISECONDS)) {
                    LOG.debug("{} closes while it waits", getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
