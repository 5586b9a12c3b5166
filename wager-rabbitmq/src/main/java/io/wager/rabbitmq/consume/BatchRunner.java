package io.wager.rabbitmq.consume;

import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.DeadLetters;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Topology;
import io.wager.rabbitmq.RandomBackoff;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives batches to the handler and does to each message what the handler said. Called by the workers of a subscription, each with a
 * channel of its own.
 */
final class BatchRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final BatchHandler handler;
    private final DeadLetterDesk desk;
    private final Clock clock;
    private final Semaphore turns;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param concurrency how many batches are handled at once, however many workers bring some; the others are prepared
     *     meanwhile, or disposed of
     */
    BatchRunner(BatchHandler handler, DeadLetterDesk desk, Clock clock, int concurrency) {
        // Fair, or a full queue could keep the others waiting.
        turns = new Semaphore(concurrency, true);
        this.handler = handler;
        this.desk = desk;
        this.clock = clock;
    }

    /** Cuts pauses short. */
    void stop() {
        stopping.countDown();
    }

    /**
     * Handles a batch and settles each of its messages, or leaves it to the desk.
     *
     * @param beforeSettling done when the batch is handled and nothing of it is acknowledged yet
     * @throws IOException if the channel is of no more use
     * @throws InterruptedException if the subscription closes: nothing is known of the batch
     */
    void run(List<Received> batch, Intake intake, Step beforeSettling) throws IOException, InterruptedException {
        var deliveries = batch.stream().map(Received::delivery).toList();
        var dispositions = handle(deliveries);
        beforeSettling.take();
        List<Received> done = new ArrayList<>();
        List<Received> dead = new ArrayList<>();
        List<Long> again = new ArrayList<>();
        List<Runnable> letters = new ArrayList<>();
        for (var i = 0; i < batch.size(); i++) {
            var received = batch.get(i);
            switch (dispositions.get(i)) {
                case Disposition.Done unused -> done.add(received);
                case Disposition.Dead reason -> {
                    var letter = DeadLetters.of(deliveries.get(i), reason, clock.instant());
                    dead.add(received);
                    letters.add(() -> desk.take(received, letter, intake));
                }
                case Disposition.Again unused -> again.add(received.tag());
            }
        }
        intake.holdings().park(dead);
        letters.forEach(Runnable::run);
        intake.acknowledge(done);
        intake.giveBack(again);
    }

    private List<Disposition> handle(List<Delivery> deliveries) throws InterruptedException {
        try {
            var prepared = handler.prepare(deliveries);
            var dispositions = inTurn(prepared);
            if (dispositions.size() == deliveries.size()) {
                return dispositions;
            }
            LOG.error(
                    "handler disposed of {} messages of a batch of {}, the batch will come again",
                    dispositions.size(),
                    deliveries.size());
        } catch (OutOfMemoryError fatal) {
            throw fatal;
        } catch (RuntimeException | Error failure) {
            LOG.error("handler failed, the batch will come again: messages={}", deliveries.size(), failure);
        }
        // Or a handler that always fails would use up the attempts of every message within milliseconds.
        pauseBefore(deliveries);
        return Collections.nCopies(deliveries.size(), new Disposition.Again());
    }

    private List<Disposition> inTurn(Supplier<List<Disposition>> prepared) throws InterruptedException {
        turns.acquire();
        try {
            return prepared.get();
        } finally {
            turns.release();
        }
    }

    private void pauseBefore(List<Delivery> batch) throws InterruptedException {
        var backoff = new RandomBackoff(FIRST_PAUSE, LONGEST_PAUSE);
        var attempts = batch.stream().mapToInt(Delivery::attempt).max().orElse(1);
        for (var attempt = 1; attempt < Math.min(attempts, Topology.DELIVERY_LIMIT); attempt++) {
            backoff.nextMillis();
        }
        var unused = stopping.await(backoff.nextMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something that may fail as the channel may. */
    @FunctionalInterface
    interface Step {

        void take() throws IOException;
    }
}
