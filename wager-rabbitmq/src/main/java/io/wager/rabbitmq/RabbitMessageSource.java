package io.wager.rabbitmq;

import com.rabbitmq.client.Channel;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Partitions;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Delivers from a connection that is used for consuming only, by Spring AMQP's listener container, which reconnects by
 * itself. Dead letters go out through a {@link MessagePublisher}.
 */
public final class RabbitMessageSource implements MessageSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RabbitMessageSource.class);
    private static final int LARGEST_PREFETCH = 2_000;
    private static final int LEAST_PREFETCH = 50;
    private static final String PRIORITY_ARGUMENT = "x-priority";
    private static final int HIGHEST_PRIORITY = 1_000_000;
    // Below that of a consumer that says nothing: the broker gives it what is more than the others hold.
    private static final int READ_AHEAD_PRIORITY = -1;
    // Milliseconds, as a long. Brokers before 3.12 ignore it.
    private static final String ACK_TIMEOUT_ARGUMENT = "x-consumer-timeout";
    // Bounds how long closing waits for a batch that is still filling up.
    private static final long LONGEST_RECEIVE_MILLIS = 500;
    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);

    private final CachingConnectionFactory connections;
    private final MessagePublisher deadLetters;
    private final Duration shutdownTimeout;
    private final Clock clock;
    private final int partitions;
    private final Random priorities = new SecureRandom();
    private final Duration ackTimeout;
    private final Set<RabbitSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    /**
     * Opens nothing yet: the connection is opened by the first subscription.
     *
     * @param connections makes the consuming connection; used by nothing else, and destroyed with this source
     * @param deadLetters takes the dead letters
     * @param messaging whether the topology is declared after each connect, the partitions, and how long closing waits for
     *     the batches in hand
     * @param clock tells when a message failed
     * @param consuming asked of the broker at each subscription
     */
    public RabbitMessageSource(
            CachingConnectionFactory connections,
            MessagePublisher deadLetters,
            MessagingProperties messaging,
            Clock clock,
            ConsumeProperties consuming) {
        this.connections = connections;
        this.deadLetters = deadLetters;
        shutdownTimeout = messaging.shutdownTimeout();
        partitions = messaging.partitions();
        this.clock = clock;
        this.ackTimeout = consuming.ackTimeout();
        if (messaging.declareTopology()) {
            connections.addConnectionListener(this::declareTopology);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Of {@link Topology#WAGER_QUEUE} the partitions are delivered as well, to channels of their own, among which they are
     * divided; all channels together have as many batches handled at once as the settings say.
     *
     * <p>One channel more than that reads ahead: while the others' batches are handled, the next one is prepared. The broker gives
     * it messages only when the others have all that they may hold, so that with little to do batches are not made smaller.
     */
    @Override
    public Subscription subscribe(String queue, BatchSettings settings, BatchHandler handler) {
        var listener = new BatchListener(handler, deadLetters, clock, settings.concurrency());
        List<SimpleMessageListenerContainer> containers = new ArrayList<>();
        containers.add(container(
                listener,
                settings,
                settings.concurrency(),
                List.of(queue),
                Map.of(ACK_TIMEOUT_ARGUMENT, ackTimeout.toMillis())));
        containers.add(container(
                listener,
                settings,
                1,
                List.of(queue),
                Map.of(ACK_TIMEOUT_ARGUMENT, ackTimeout.toMillis(), PRIORITY_ARGUMENT, READ_AHEAD_PRIORITY)));
        var partitions = partitionsOf(queue);
        var channels = Math.min(settings.concurrency() + 1, partitions.size());
        for (var channel = 0; channel < channels; channel++) {
            // Of several instances the same one would be active in all partitions: the first. By chance instead.
            var arguments = Map.<String, Object>of(
                    ACK_TIMEOUT_ARGUMENT,
                    ackTimeout.toMillis(),
                    PRIORITY_ARGUMENT,
                    priorities.nextInt(HIGHEST_PRIORITY));
            containers.add(container(listener, settings, 1, everyNth(partitions, channels, channel), arguments));
        }
        var subscription = new RabbitSubscription(containers, listener, subscriptions::remove);
        subscriptions.add(subscription);
        containers.forEach(container -> {
            container.afterPropertiesSet();
            container.start();
        });
        return subscription;
    }

    private SimpleMessageListenerContainer container(
            BatchListener listener,
            BatchSettings settings,
            int channels,
            List<String> queues,
            Map<String, Object> arguments) {
        var container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(queues.toArray(String[]::new));
        container.setMessageListener(listener);
        container.setMessagePropertiesConverter(new RawPropertiesConverter());
        container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
        container.setConsumerBatchEnabled(true);
        container.setBatchSize(settings.size());
        // The container counts both times from when it begins to wait, so one after the other they make up the longest
        // wait.
        var half =
                Math.min(LONGEST_RECEIVE_MILLIS, Math.max(1, settings.maxWait().toMillis() / 2));
        container.setReceiveTimeout(half);
        container.setBatchReceiveTimeout(Math.max(1, settings.maxWait().toMillis() / 2));
        container.setConcurrentConsumers(channels);
        container.setPrefetchCount(prefetch(settings.size(), queues.size()));
        container.setConsumerArguments(arguments);
        container.setMissingQueuesFatal(false);
        container.setPossibleAuthenticationFailureFatal(false);
        container.setRecoveryBackOff(new FixedBackOff(RECONNECT_INTERVAL.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        container.setShutdownTimeout(shutdownTimeout.toMillis());
        container.setForceStop(true);
        container.setAutoStartup(false);
        container.setTaskExecutor(new SimpleAsyncTaskExecutor("wager-consume-"));
        return container;
    }

    /** Of each queue; the queues of a channel together have about as much as one has alone. */
    private static int prefetch(int batchSize, int queues) {
        var alone = Math.max(batchSize, Math.min(LARGEST_PREFETCH, 2 * batchSize));
        return Math.min(alone, Math.max(LEAST_PREFETCH, alone / queues));
    }

    private List<String> partitionsOf(String queue) {
        return queue.equals(Topology.WAGER_QUEUE)
                ? Partitions.bindings(partitions).stream()
                        .map(Topology.Binding::queue)
                        .toList()
                : List.of();
    }

    private static List<String> everyNth(List<String> queues, int n, int first) {
        return IntStream.iterate(first, i -> i < queues.size(), i -> i + n)
                .mapToObj(queues::get)
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Counts what waits in the queue and in its partitions, not what is delivered and not yet acknowledged.
     *
     * @throws AmqpException if the broker is away or has no such queue
     */
    @Override
    public long depth(String queue) {
        try (var connection = connections.createConnection();
                var channel = connection.createChannel(false)) {
            long depth = channel.queueDeclarePassive(queue).getMessageCount();
            for (var partition : partitionsOf(queue)) {
                depth += channel.queueDeclarePassive(partition).getMessageCount();
            }
            return depth;
        } catch (IOException | TimeoutException failure) {
            throw new AmqpException("the depth of " + queue + " can't be told", failure);
        }
    }

    /** Closes all subscriptions and the connection. */
    @Override
    public void close() {
        subscriptions.forEach(RabbitSubscription::close);
        connections.destroy();
    }

    private void declareTopology(Connection connection) {
        try (Channel channel = connection.createChannel(false)) {
            RabbitTopology.declare(channel, partitions);
        } catch (IOException | TimeoutException | AmqpException refused) {
            LOG.error("topology could not be declared on the consuming connection", refused);
        }
    }
}
