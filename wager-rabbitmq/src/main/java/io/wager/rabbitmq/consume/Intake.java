package io.wager.rabbitmq.consume;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open channel, its consumers, and what came by them. Consumers begin and end on the worker's thread; what is held may be
 * settled from any. What the client calls neither blocks nor asks the broker anything.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Channel channel;
    private final Holdings holdings;
    private final Caution caution;
    private final ConsumeMetrics metrics;
    private final Map<String, Object> arguments;
    private final Map<String, Fetch> fetches = new LinkedHashMap<>();
    private final Map<Fetch, String> consumerTags = new HashMap<>();
    private volatile boolean failed;

    Intake(Channel channel, Holdings holdings, Caution caution, ConsumeMetrics metrics, Map<String, Object> arguments) {
        this.channel = channel;
        this.holdings = holdings;
        this.caution = caution;
        this.metrics = metrics;
        this.arguments = arguments;
    }

    Holdings holdings() {
        return holdings;
    }

    boolean isOpen() {
        return !failed && channel.isOpen();
    }

    /** The consumer of a queue, or null if there is none. */
    @Nullable
    Fetch fetch(String queue) {
        var fetch = fetches.get(queue);
        return fetch == null || fetch.isGone() ? null : fetch;
    }

    /** Whether another prefetch is worth a new consumer: much less at once, more only when what there is has been used. */
    boolean isWorthRenewing(Fetch fetch, int wanted) {
        return wanted * 2L <= fetch.prefetch()
                || (fetch.prefetch() * 2L <= wanted && fetch.hasHadItsFill() && !holdings.hasShed());
    }

    /** Begins a consumer, and then ends the one that the queue had. */
    void begin(Fetch fetch) throws IOException {
        channel.basicQos(fetch.prefetch(), false);
        var before = fetches.put(fetch.queue(), fetch);
        holdings.deliveredBy(fetches.values());
        caution.fetching(1);
        consumerTags.put(fetch, "");
        consumerTags.put(fetch, channel.basicConsume(fetch.queue(), false, arguments, new Deliveries(fetch)));
        if (before != null) {
            end(before);
        }
    }

    /** Ends all consumers. What they delivered stays held. */
    void endAll() throws IOException {
        for (var fetch : List.copyOf(fetches.values())) {
            end(fetch);
            fetches.remove(fetch.queue());
        }
        holdings.deliveredBy(fetches.values());
    }

    private void end(Fetch fetch) throws IOException {
        var consumerTag = consumerTags.remove(fetch);
        if (consumerTag != null) {
            caution.fetching(-1);
            if (!fetch.isGone()) {
                channel.basicCancel(consumerTag);
            }
        }
    }

    /** Acknowledges these and nothing else, with as few frames as that takes. */
    void acknowledge(List<Received> messages) throws IOException {
        if (messages.isEmpty()) {
            return;
        }
        var acknowledgement = holdings.acknowledgement(messages);
        if (acknowledgement.upTo() > 0) {
            channel.basicAck(acknowledgement.upTo(), true);
        }
        for (var tag : acknowledgement.single()) {
            channel.basicAck(tag, false);
        }
        holdings.settle(messages.stream().map(Received::tag).toList());
    }

    /** Gives messages back to their queues, which counts a delivery for each. */
    void giveBack(Collection<Long> tags) throws IOException {
        for (var tag : tags) {
            channel.basicNack(tag, false, true);
        }
        holdings.settle(tags);
    }

    /** Has the worker close the channel, after which all that it holds comes again. For any thread. */
    void fail() {
        failed = true;
        holdings.wake();
    }

    /** Closes the channel under a worker that does not come back, for what it holds to be delivered to others. For any thread. */
    void abandon() {
        try {
            channel.abort();
        } catch (IOException gone) {
            LOG.debug("a channel was gone already", gone);
        }
    }

    /** Closes the channel and lets go of what it holds. */
    void close() {
        abandon();
        caution.fetching(-consumerTags.size());
        consumerTags.clear();
        holdings.end();
    }

    private final class Deliveries extends DefaultConsumer {

        private final Fetch fetch;

        Deliveries(Fetch fetch) {
            super(channel);
            this.fetch = fetch;
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
            try {
                if (!holdings.add(Received.of(fetch, envelope, properties, body))) {
                    metrics.shed();
                }
            } catch (RuntimeException unexpected) {
                // The client would close the channel from the thread that the broker's answer comes on.
                LOG.error(
                        "a delivery could not be taken in, the channel is closed: queue={}", fetch.queue(), unexpected);
                fail();
            }
        }

        @Override
        public void handleCancel(String consumerTag) {
            LOG.warn("the broker ended a consumer: queue={}", fetch.queue());
            fetch.end();
            holdings.wake();
        }

        @Override
        public void handleShutdownSignal(String consumerTag, ShutdownSignalException cause) {
            if (!cause.isInitiatedByApplication()) {
                LOG.warn("a channel was closed, its messages come again: cause={}", cause.getMessage());
            }
            holdings.wake();
        }
    }
}
