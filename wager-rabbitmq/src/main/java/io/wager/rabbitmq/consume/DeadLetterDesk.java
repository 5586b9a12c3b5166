package io.wager.rabbitmq.consume;

import com.rabbitmq.client.ShutdownSignalException;
import io.wager.core.messaging.DeadLetterKeeper;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.Topology;
import io.wager.rabbitmq.RandomBackoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the dead letters of a subscription durable, on a thread of its own, so that no batch waits for them: publishes them, has
 * those kept that can't be published, publishes them again otherwise, and acknowledges each message when its letter is safe. Until
 * then the message stays unacknowledged, and goes back to its queue when its channel closes.
 */
final class DeadLetterDesk {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDesk.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int REFUSALS_BEFORE_REQUEUE = 3;
    private static final int MOST_KEPT_AT_ONCE = 100;

    private final MessagePublisher publisher;
    private final @Nullable DeadLetterKeeper keeper;
    private final ConsumeMetrics metrics;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final LettersUnderWay underWay = new LettersUnderWay();
    private volatile boolean stopping;
    private volatile boolean closed;

    // The thread's own.
    private final List<Letter> unpublished = new ArrayList<>();
    private final RandomBackoff backoff = new RandomBackoff(FIRST_PAUSE, LONGEST_PAUSE);
    private long nextTryNanos;
    private int tries;
    private int keptAtOnce = MOST_KEPT_AT_ONCE;

    DeadLetterDesk(MessagePublisher publisher, @Nullable DeadLetterKeeper keeper, ConsumeMetrics metrics) {
        this.publisher = publisher;
        this.keeper = keeper;
        this.metrics = metrics;
        thread = Thread.ofPlatform().daemon().name("wager-consume-letters").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Takes over a message and its dead letter. */
    void take(Received message, Message deadLetter, Intake intake) {
        var letter = new Letter(message, deadLetter, intake);
        metrics.parked(1);
        underWay.add(letter);
        events.add(() -> publish(letter));
    }

    /** Waits until the publisher has answered for all letters of a channel, no longer than so many nanoseconds. */
    void awaitAnswers(Intake intake, long nanos) throws InterruptedException {
        underWay.awaitNone(intake, nanos);
    }

    /** Tries nothing again: what could not be published goes back to its queue with its channel. */
    void stop() {
        stopping = true;
    }

    /** Ends the thread. */
    void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                work();
            } catch (InterruptedException interrupted) {
                LOG.debug("interrupted", interrupted);
            } catch (OutOfMemoryError fatal) {
                throw fatal;
            } catch (RuntimeException | Error unexpected) {
                LOG.error("dead letters failed, their messages will come again", unexpected);
                failAll();
            }
        }
        metrics.parked(-unpublished.size());
    }

    private void work() throws InterruptedException {
        var wait = unpublished.isEmpty() ? IDLE_NANOS : Math.max(0, nextTryNanos - System.nanoTime());
        for (var event = events.poll(wait, TimeUnit.NANOSECONDS); event != null; event = events.poll()) {
            event.run();
        }
        if (unpublished.removeIf(letter -> isLost(letter)) || unpublished.isEmpty()) {
            return;
        }
        if (System.nanoTime() - nextTryNanos >= 0) {
            tryAgain();
        }
    }

    private boolean isLost(Letter letter) {
        if (letter.intake().isOpen()) {
            return false;
        }
        metrics.parked(-1);
        return true;
    }

    private void publish(Letter letter) {
        var unused = publisher
                .publish(Topology.DEAD_LETTERS, letter.deadLetter())
                // On a thread of the publisher, which must not wait for our broker.
                .whenComplete((nothing, failure) -> events.add(() -> answered(letter, failure)));
    }

    private void answered(Letter letter, @Nullable Throwable failure) {
        if (failure == null) {
            backoff.reset();
            tries = 0;
            acknowledge(letter);
            underWay.remove(letter);
            return;
        }
        if (!isPassing(failure)) {
            letter.refused();
        }
        if (stopping) {
            metrics.parked(-1);
        } else if (keeper == null && letter.refusals() >= REFUSALS_BEFORE_REQUEUE) {
            giveBack(letter);
        } else {
            wait(letter, failure);
        }
        underWay.remove(letter);
    }

    private void wait(Letter letter, Throwable failure) {
        if (unpublished.isEmpty()) {
            nextTryNanos = System.nanoTime();
            if (tries > 0 || keeper == null) {
                nextTryNanos += TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
            }
            if (Integer.bitCount(++tries) == 1) {
                LOG.warn(
                        "dead letters can't be published, their messages wait, others go on: tries={} messageId={} cause={}",
                        tries,
                        letter.deadLetter().messageId(),
                        String.valueOf(failure));
            }
        }
        unpublished.add(letter);
    }

    private void tryAgain() {
        if (keeper != null && hasKept(keeper)) {
            nextTryNanos = System.nanoTime();
            return;
        }
        var letters = List.copyOf(unpublished);
        unpublished.clear();
        for (var letter : letters) {
            if (letter.refusals() >= REFUSALS_BEFORE_REQUEUE) {
                giveBack(letter);
            } else {
                underWay.add(letter);
                publish(letter);
            }
        }
    }

    private boolean hasKept(DeadLetterKeeper keeper) {
        var letters = List.copyOf(unpublished.subList(0, Math.min(keptAtOnce, unpublished.size())));
        if (!keeps(keeper, letters.stream().map(Letter::deadLetter).toList())) {
            // One of them may be the reason: the others get their chance.
            keptAtOnce = 1;
            unpublished.removeAll(letters);
            unpublished.addAll(letters);
            return false;
        }
        unpublished.removeAll(letters);
        keptAtOnce = Math.min(MOST_KEPT_AT_ONCE, keptAtOnce * 2);
        backoff.reset();
        metrics.kept(letters.size());
        letters.forEach(this::acknowledge);
        return true;
    }

    private static boolean keeps(DeadLetterKeeper keeper, List<Message> letters) {
        try {
            return keeper.keep(letters);
        } catch (RuntimeException failure) {
            LOG.warn("dead letters could not be kept: count={}", letters.size(), failure);
            return false;
        }
    }

    /** The message alone: what was delivered before it may still be in hand. */
    private void acknowledge(Letter letter) {
        metrics.parked(-1);
        try {
            letter.intake().acknowledge(List.of(letter.message()));
        } catch (IOException | ShutdownSignalException lost) {
            LOG.debug("a dead letter's message could not be acknowledged, it will come again", lost);
            letter.intake().fail();
        }
    }

    private void giveBack(Letter letter) {
        metrics.parked(-1);
        LOG.warn(
                "dead letter refused, its message goes back: messageId={}",
                letter.deadLetter().messageId());
        try {
            letter.intake().giveBack(List.of(letter.message().tag()));
        } catch (IOException | ShutdownSignalException lost) {
            LOG.debug("a message could not be given back, it will come again", lost);
            letter.intake().fail();
        }
    }

    private void failAll() {
        unpublished.forEach(letter -> letter.intake().fail());
        metrics.parked(-unpublished.size());
        unpublished.clear();
        underWay.all().forEach(letter -> {
            letter.intake().fail();
            underWay.remove(letter);
        });
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof PublishFailedException publish
                && switch (publish.reason()) {
                    case UNREACHABLE, BLOCKED, UNCONFIRMED, SATURATED -> true;
                    case REFUSED, UNROUTABLE -> false;
                };
    }
}
