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
import io.wager.service.database.UnquotedFailure;
import io.wager.standalone.liveness.Liveness;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
    /** From this attempt on a message comes alone: whatever is wrong with it no longer costs its neighbours attempts. */
    private static final int ALONE_FROM_ATTEMPT = 4;

    private final QueueState queue;
    private final BatchSettings settings;
    private final BatchHandler handler;
    private final QueueWriter writer;
    private final List<QueueState> deadLetterQueues;
    private final Clock clock;
    private final Duration shutdownTimeout;
    private final Liveness liveness;
    private final Suspects suspects;
    private final List<Thread> workers;
    private final CountDownLatch closing = new CountDownLatch(1);

    EmbeddedSubscription(
            QueueState queue,
            BatchSettings settings,
            BatchHandler handler,
            QueueWriter writer,
            List<QueueState> deadLetterQueues,
            Clock clock,
            Duration shutdownTimeout,
            Liveness liveness,
            Suspects suspects) {
        this.queue = queue;
        this.settings = settings;
        this.handler = handler;
        this.writer = writer;
        this.deadLetterQueues = deadLetterQueues;
        this.clock = clock;
        this.shutdownTimeout = shutdownTimeout;
        this.liveness = liveness;
        this.suspects = suspects;
        workers = IntStream.range(0, settings.concurrency())
                .mapToObj(number -> new Worker("wager-queue-" + queue.name() + "-" + number))
                .map(Thread.class::cast)
                .toList();
        workers.forEach(Thread::start);
    }

    @Override
    public boolean isWorking() {
        return isClosing() || (writer.isAlive() && workers.stream().allMatch(Thread::isAlive));
    }

    @Override
    public void close() {
        closing.countDown();
        queue.wake();
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

        private int failures;

        Worker(String name) {
            super(name);
        }

        @Override
        public void run() {
            while (!isClosing()) {
                try {
                    var batch = queue.take(settings, ALONE_FROM_ATTEMPT, EmbeddedSubscription.this::isClosing);
                    if (!batch.isEmpty()) {
                        deliver(batch);
                    }
                } catch (InterruptedException e) {
                    // By close, which the loop asks for, or by a handler that left its thread so.
                    LOG.debug("{} was interrupted", getName(), e);
                } catch (Throwable e) {
                    // The worker goes on, whatever it was: a thread that died would look like an empty queue.
                    liveness.endIfFatal(e);
                    LOG.warn("Reading or settling {} failed; trying again", queue.name(), UnquotedFailure.of(e));
                    backOff();
                }
            }
        }

        private void deliver(List<QueueState.Taken> batch) throws InterruptedException {
            if (!queue.isRecorded(batch)) {
                handle(batch);
                return;
            }
            var attempt = batch.getFirst().attempt();
            if (suspects.isBeyondLimit(attempt) && !deadLetterQueues.contains(queue)) {
                bury(batch);
            } else if (attempt == 1) {
                handleRecorded(batch);
            } else {
                handleSuspect(batch);
            }
        }

        private void bury(List<QueueState.Taken> batch) {
            LOG.warn("A message of {} is dead: processes ended that handled it", queue.name());
            var failure = Failure.of(
                    "DeliveryLimit", "The message was delivered too often, and processes ended that handled it.");
            settle(
                    batch,
                    Collections.nCopies(batch.size(), new Disposition.Dead(DeadLetterReason.DELIVERY_LIMIT, failure)),
                    failure,
                    Integer.MAX_VALUE);
        }

        private void handleSuspect(List<QueueState.Taken> batch) throws InterruptedException {
            var hasTurn = false;
            try {
                hasTurn = suspects.begin(EmbeddedSubscription.this::isClosing);
            } finally {
                if (!hasTurn) {
                    queue.giveBack(untried(batch), Integer.MAX_VALUE);
                }
            }
            if (hasTurn) {
                try {
                    handleRecorded(batch);
                } finally {
                    suspects.end();
                }
            }
        }

        private void handleRecorded(List<QueueState.Taken> batch) {
            commit(untried(batch), new QueueCommand.HandOut(queue, batch, new CompletableFuture<>()));
            handle(batch);
        }

        private static List<QueueState.Taken> untried(List<QueueState.Taken> batch) {
            return batch.stream().map(QueueState.Taken::untried).toList();
        }

        /** Has a command written; if it is not, the batch is delivered again. */
        private void commit(List<QueueState.Taken> batch, QueueCommand command) {
            writer.submit(command);
            try {
                command.done().join();
            } catch (CompletionException e) {
                queue.giveBack(batch, Integer.MAX_VALUE);
                throw e;
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
            } catch (Throwable e) {
                liveness.endIfFatal(e);
                if (isClosing()) {
                    queue.giveBack(batch, Integer.MAX_VALUE);
                    return;
                }
                LOG.warn(
                        "The handler of {} failed; its {} messages are delivered again",
                        queue.name(),
                        batch.size(),
                        UnquotedFailure.of(e));
                backOff();
                // In halves, until what it fails on stands alone.
                settle(
                        batch,
                        Collections.nCopies(batch.size(), new Disposition.Again()),
                        Failure.of(e),
                        (batch.size() + 1) / 2);
                return;
            }
            failures = 0;
            settle(
                    batch,
                    dispositions,
                    Failure.of("DeliveryLimit", "The message was given back too often."),
                    Integer.MAX_VALUE);
        }

        private void settle(
                List<QueueState.Taken> batch, List<? extends Disposition> dispositions, Failure ofLimit, int together) {
            List<StoredMessage> handled = new ArrayList<>();
            List<QueueCommand.Publish> letters = new ArrayList<>();
            List<QueueState.Taken> again = new ArrayList<>();
            for (var i = 0; i < batch.size(); i++) {
                var taken = batch.get(i);
                Disposition disposition = dispositions.get(i);
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
            queue.giveBack(again, together);
            if (!handled.isEmpty()) {
                commit(
                        batch.stream().filter(taken -> !again.contains(taken)).toList(),
                        new QueueCommand.Settle(
                                queue, handled, letters, queue.isRecorded(batch), new CompletableFuture<>()));
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
