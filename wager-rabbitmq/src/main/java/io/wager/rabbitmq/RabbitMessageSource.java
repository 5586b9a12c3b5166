package io.wager.rabbitmq;

import com.rabbitmq.client.Channel;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
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
    // Milliseconds, as a long. Brokers before 3.12 ignore it.
    private static final String ACK_TIMEOUT_ARGUMENT = "x-consumer-timeout";
    // Bounds how long closing waits for a batch that is still filling up.
    private static final long LONGEST_RECEIVE_MILLIS = 500;
    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);

    private final CachingConnectionFactory connections;
    private final MessagePublisher deadLetters;
    private final Duration shutdownTimeout;
    private final Clock clock;
    private final Duration ackTimeout;
    private final Set<RabbitSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    /**
     * Opens nothing yet: the connection is opened by the first subscription.
     *
     * @param connections makes the consuming connection; used by nothing else, and destroyed with this source
     * @param deadLetters takes the dead letters
     * @param messaging whether the topology is declared after each connect
     * @param shutdownTimeout how long closing waits for the batch in hand
     * @param clock tells when a message failed
     * @param consuming asked of the broker at each subscription
     */
    public RabbitMessageSource(
            CachingConnectionFactory connections,
            MessagePublisher deadLetters,
            MessagingProperties messaging,
            Duration shutdownTimeout,
            Clock clock,
            ConsumeProperties consuming) {
        this.connections = connections;
        this.deadLetters = deadLetters;
        this.shutdownTimeout = shutdownTimeout;
        this.clock = clock;
        this.ackTimeout = consuming.ackTimeout();
        if (messaging.declareTopology()) {
            connections.addConnectionListener(RabbitMessageSource::declareTopology);
        }
    }

    @Override
    public Subscription subscribe(String queue, BatchSettings settings, BatchHandler handler) {
        var listener = new BatchListener(handler, deadLetters, clock);
        var container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(queue);
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
        container.setConcurrentConsumers(settings.concurrency());
        container.setPrefetchCount(Math.max(settings.size(), Math.min(LARGEST_PREFETCH, 2 * settings.size())));
        container.setConsumerArguments(Map.of(ACK_TIMEOUT_ARGUMENT, ackTimeout.toMillis()));
        container.setMissingQueuesFatal(false);
        container.setPossibleAuthenticationFailureFatal(false);
        container.setRecoveryBackOff(new FixedBackOff(RECONNECT_INTERVAL.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        container.setShutdownTimeout(shutdownTimeout.toMillis());
        container.setForceStop(true);
        container.setAutoStartup(false);
        container.setTaskExecutor(new SimpleAsyncTaskExecutor("wager-consume-"));
        container.afterPropertiesSet();
        var subscription = new RabbitSubscription(container, listener, subscriptions::remove);
        subscriptions.add(subscription);
        container.start();
        return subscription;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Counts what waits in the queue, not what is delivered and not yet acknowledged.
     *
     * @throws AmqpException if the broker is away or has no such queue
     */
    @Override
    public long depth(String queue) {
        try (var connection = connections.createConnection();
                var channel = connection.createChannel(false)) {
            return channel.queueDeclarePassive(queue).getMessageCount();
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

    private static void declareTopology(Connection connection) {
        try (Channel channel = connection.createChannel(false)) {
            RabbitTopology.declare(channel);
        } catch (IOException | TimeoutException | AmqpException refused) {
            LOG.error("topology could not be declared on the consuming connection", refused);
        }
    }
}
