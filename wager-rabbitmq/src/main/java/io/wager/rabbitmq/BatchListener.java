package io.wager.rabbitmq;

import com.rabbitmq.client.Channel;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.DeadLetters;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;

/**
 * Gives batches to the handler and does to each message what the handler said. Called by the container's threads, each with
 * a channel of its own. Everything delivered on a channel before a batch is disposed of by then, which is what allows to
 * acknowledge the beginning of a batch with one frame.
 */
final class BatchListener implements ChannelAwareBatchMessageListener {

    private static final Logger LOG = LoggerFactory.getLogger(BatchListener.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int REFUSALS_BEFORE_REQUEUE = 3;

    private final BatchHandler handler;
    private final MessagePublisher deadLetters;
    private final Clock clock;
    private final Semaphore turns;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param concurrency how many batches are handled at once, however many threads bring some; the others are prepared
     *     meanwhile, or disposed of
     */
    BatchListener(BatchHandler handler, MessagePublisher deadLetters, Clock clock, int concurrency) {
        // Fair, or a full queue could keep the others waiting.
        turns = new Semaphore(concurrency, true);
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Lets go of what waits for the broker to take a dead letter: it stays in the queue. */
    void stopRetrying() {
        closing.countDown();
    }

    @Override
    public void onMessageBatch(List<Message> messages, Channel channel) {
        var batch = messages.stream().map(Received::of).toList();
        try {
            dispose(batch, handle(batch), channel);
        } catch (InterruptedException interrupted) {
            // The container is stopping; what is not acknowledged goes back with the channel.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException lost) {
            // The broker delivers again whatever was not acknowledged on a channel that is gone.
            LOG.warn("batch could not be acknowledged, it will come again: messages={}", batch.size(), lost);
        }
    }

    private List<Disposition> handle(List<Received> batch) throws InterruptedException {
        try {
            var prepared =
                    handler.prepare(batch.stream().map(Received::delivery).toList());
            var dispositions = inTurn(prepared);
            if (dispositions.size() == batch.size()) {
                return dispositions;
            }
            LOG.error(
                    "handler disposed of {} messages of a batch of {}, the batch will come again",
                    dispositions.size(),
                    batch.size());
        } catch (RuntimeException failure) {
            LOG.error("handler failed, the batch will come again: messages={}", batch.size(), failure);
        }
        // Or a handler that always fails would use up the attempts of every message within milliseconds.
        pauseBefore(batch);
        return batch.stream()
                .<Disposition>map(received -> new Disposition.Again())
                .toList();
    }

    private List<Disposition> inTurn(Supplier<List<Disposition>> prepared) throws InterruptedException {
        turns.acquire();
        try {
            return prepared.get();
        } finally {
            turns.release();
        }
    }

    private void pauseBefore(List<Received> batch) throws InterruptedException {
        var backoff = new RandomBackoff(FIRST_PAUSE, LONGEST_PAUSE);
        var attempts = batch.stream()
                .mapToInt(received -> received.delivery().attempt())
                .max()
                .orElse(1);
        for (var attempt = 1; attempt < Math.min(attempts, Topology.DELIVERY_LIMIT); attempt++) {
            backoff.nextMillis();
        }
        isClosingAfter(backoff.nextMillis());
    }

    private void dispose(List<Received> batch, List<Disposition> dispositions, Channel channel)
            throws IOException, InterruptedException {
        var dead = new ArrayList<DeadLetter>();
        var again = new ArrayList<Received>();
        var firstOther = 0;
        while (firstOther < batch.size() && dispositions.get(firstOther) instanceof Disposition.Done) {
            firstOther++;
        }
        if (firstOther > 0) {
            channel.basicAck(batch.get(firstOther - 1).tag(), true);
        }
        for (var i = firstOther; i < batch.size(); i++) {
            var received = batch.get(i);
            switch (dispositions.get(i)) {
                case Disposition.Done done -> channel.basicAck(received.tag(), false);
                case Disposition.Dead reason -> dead.add(letter(received, reason));
                case Disposition.Again later -> again.add(received);
            }
        }
        for (var letter : dead) {
            if (isDurable(letter, channel)) {
                channel.basicAck(letter.received().tag(), false);
            } else {
                again.add(letter.received());
            }
        }
        for (var received : again) {
            channel.basicNack(received.tag(), false, true);
        }
    }

    /** Publishes at once, so that the dead letters of a batch are on their way together. */
    private DeadLetter letter(Received received, Disposition.Dead reason) {
        var message = DeadLetters.of(received.delivery(), reason, clock.instant());
        return new DeadLetter(received, message, deadLetters.publish(Topology.DEAD_LETTERS, message));
    }

    /**
     * Waits until a dead letter is confirmed, publishing it again and again while the broker is away or blocked. Gives up
     * when it is refused several times, or when the subscription closes: the message then stays in its queue, and the
     * broker's own limit bounds how often it comes back.
     */
    private boolean isDurable(DeadLetter letter, Channel channel) throws InterruptedException {
        var backoff = new RandomBackoff(FIRST_PAUSE, LONGEST_PAUSE);
        var refusals = 0;
        var publishing = letter.publishing();
        while (true) {
            try {
                publishing.get();
                return true;
            } catch (ExecutionException failure) {
                LOG.warn(
                        "dead letter not published: messageId={} cause={}",
                        letter.message().messageId(),
                        String.valueOf(failure.getCause()));
                if (!isPassing(failure)) {
                    refusals++;
                }
            }
            if (refusals >= REFUSALS_BEFORE_REQUEUE || isClosingAfter(backoff.nextMillis()) || !channel.isOpen()) {
                return false;
            }
            publishing = deadLetters.publish(Topology.DEAD_LETTERS, letter.message());
        }
    }

    private static boolean isPassing(ExecutionException failure) {
        return failure.getCause() instanceof PublishFailedException publish
                && switch (publish.reason()) {
                    case UNREACHABLE, BLOCKED, UNCONFIRMED, SATURATED -> true;
                    case REFUSED, UNROUTABLE -> false;
                };
    }

    private boolean isClosingAfter(long millis) throws InterruptedException {
        return closing.await(millis, TimeUnit.MILLISECONDS);
    }

    private record Received(Delivery delivery, long tag) {

        static Received of(Message message) {
            var raw = (RawPropertiesConverter.Raw) message.getMessageProperties();
            var envelope = raw.envelope();
            return new Received(
                    new Delivery(
                            AmqpMessages.toMessage(raw.amqp(), message.getBody()),
                            new Destination(envelope.getExchange(), envelope.getRoutingKey()),
                            AmqpMessages.attempt(raw.amqp())),
                    envelope.getDeliveryTag());
        }
    }

    private record DeadLetter(
            Received received, io.wager.core.messaging.Message message, CompletableFuture<Void> publishing) {}
}
