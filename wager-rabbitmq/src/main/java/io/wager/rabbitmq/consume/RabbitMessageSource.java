package io.wager.rabbitmq.consume;

import com.rabbitmq.client.ShutdownSignalException;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.DeadLetterKeeper;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Partitions;
import io.wager.core.messaging.Topology;
import io.wager.rabbitmq.BrokerConnector;
import io.wager.rabbitmq.MessagingProperties;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Delivers from a connection of its own, which it reopens whenever it is lost. It publishes dead letters through a {@link
 * MessagePublisher}. The messages held are bounded by number and by bytes (docs/design/006-consuming-on-rabbitmq.md).
 */
public final class RabbitMessageSource implements MessageSource, AutoCloseable {

    private static final int LARGEST_PREFETCH = 2_000;
    private static final int COMFORTABLE_PREFETCH = 50;
    private static final String PRIORITY_ARGUMENT = "x-priority";
    private static final int HIGHEST_PRIORITY = 1_000_000;
    // Below that of a consumer that says nothing: the broker gives it what is more than the others hold.
    private static final int READ_AHEAD_PRIORITY = -1;
    // Milliseconds, as a long. Brokers before 3.12 ignore it.
    private static final String ACK_TIMEOUT_ARGUMENT = "x-consumer-timeout";
    private static final long CONNECT_PATIENCE_MILLIS = 5_000;

    private final ConsumingConnection connection;
    private final MessagePublisher deadLetters;
    private final @Nullable DeadLetterKeeper keeper;
    private final MessagingProperties messaging;
    private final Clock clock;
    private final long ackTimeoutMillis;
    private final ByteBudget budget;
    private final ConsumeMetrics metrics;
    private final Random priorities = new SecureRandom();
    private final Set<RabbitSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    /**
     * Opens nothing yet: the first subscription opens the connection.
     *
     * @param connector opens the consuming connection, with {@link #deliveryExecutor()} as the executor of its deliveries
     * @param deadLetters takes the dead letters
     * @param keeper keeps dead letters that can't be published, or null if nothing does
     * @param messaging whether the topology is declared after each connect, the partitions, and how long closing waits for
     *     the batches in hand
     * @param clock gives the time of a failure
     * @param consuming the broker's timeout for each subscription, and how much is held
     * @param registry gets the meters
     */
    public RabbitMessageSource(
            BrokerConnector connector,
            MessagePublisher deadLetters,
            @Nullable DeadLetterKeeper keeper,
            MessagingProperties messaging,
            Clock clock,
            ConsumeProperties consuming,
            MeterRegistry registry) {
        this.deadLetters = deadLetters;
        this.keeper = keeper;
        this.messaging = messaging;
        this.clock = clock;
        connection = new ConsumingConnection(connector, messaging);
        ackTimeoutMillis = consuming.ackTimeout().toMillis();
        budget = new ByteBudget(consuming.bytesHeldAtMost());
        metrics = new ConsumeMetrics(registry, budget);
    }

    /**
     * Runs the deliveries of the consuming connection, so that each is counted before the next is read.
     *
     * @return an executor for one connection factory
     */
    public static ExecutorService deliveryExecutor() {
        return new SameThreadExecutor();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The partitions of {@link Topology#WAGER_QUEUE} are delivered as well, divided among channels of their own. All channels together
     * have as many batches handled at once as the settings say.
     *
     * <p>One more channel reads ahead: it prepares the next batch while the others' are handled. The broker gives it messages only when the
     * others hold all that they may, so batches do not get smaller under low load.
     */
    @Override
    public Subscription subscribe(String queue, BatchSettings settings, BatchHandler handler) {
        var caution = new Caution(isLimited(queue));
        var desk = new DeadLetterDesk(deadLetters, keeper, metrics);
        var runner = new BatchRunner(handler, desk, clock, settings.concurrency());
        var surroundings =
                new Lane.Surroundings(connection, settings, budget, caution, new Sizing(), runner, desk, metrics);
        List<Lane> lanes = new ArrayList<>();
        for (var fetching : fetchings(queue, settings, caution)) {
            lanes.add(new Lane("wager-consume-" + queue + "-" + lanes.size(), surroundings, fetching));
        }
        var subscription =
                new RabbitSubscription(surroundings, lanes, messaging.shutdownTimeout(), subscriptions::remove);
        subscriptions.add(subscription);
        subscription.start();
        return subscription;
    }

    private List<Lane.Fetching> fetchings(String queue, BatchSettings settings, Caution caution) {
        var most = Math.max(settings.size(), Math.min(LARGEST_PREFETCH, 2 * settings.size()));
        List<Lane.Fetching> fetchings = new ArrayList<>();
        // One more reads ahead. All but the first follow it.
        var followers = settings.concurrency();
        fetchings.add(SharedQueueFetching.scout(queue, most, followers, arguments(0), caution));
        for (var channel = 1; channel < settings.concurrency(); channel++) {
            fetchings.add(SharedQueueFetching.follower(queue, most, arguments(0), caution));
        }
        fetchings.add(SharedQueueFetching.follower(queue, most, arguments(READ_AHEAD_PRIORITY), caution));
        var partitions = partitionsOf(queue);
        var channels = Math.min(settings.concurrency() + 1, partitions.size());
        for (var channel = 0; channel < channels; channel++) {
            var own = everyNth(partitions, channels, channel);
            // Of several instances the same one would be active in all partitions: the first. By chance instead.
            var arguments = arguments(priorities.nextInt(HIGHEST_PRIORITY));
            fetchings.add(new PartitionFetching(own, prefetchOfEach(most, own.size()), arguments, caution));
        }
        return fetchings;
    }

    /** The prefetch of each queue of a channel: together about as much as one has alone, and never more than the largest. */
    private static int prefetchOfEach(int alone, int queues) {
        var comfortable = Math.min(COMFORTABLE_PREFETCH, LARGEST_PREFETCH / queues);
        return Math.min(alone, Math.max(comfortable, alone / queues));
    }

    private Map<String, Object> arguments(int priority) {
        return priority == 0
                ? Map.of(ACK_TIMEOUT_ARGUMENT, ackTimeoutMillis)
                : Map.of(ACK_TIMEOUT_ARGUMENT, ackTimeoutMillis, PRIORITY_ARGUMENT, priority);
    }

    /** Dead letters stay in their queue however often they come back. */
    private static boolean isLimited(String queue) {
        return !queue.equals(Topology.DEAD_LETTER_QUEUE);
    }

    private List<String> partitionsOf(String queue) {
        return queue.equals(Topology.WAGER_QUEUE)
                ? Partitions.bindings(messaging.partitions()).stream()
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
     * <p>Counts the messages that wait in the queue and in its partitions, without those delivered and not yet acknowledged.
     *
     * @throws IllegalStateException if the broker is away or has no such queue
     */
    @Override
    public long depth(String queue) {
        try {
            var open = connection.await(CONNECT_PATIENCE_MILLIS);
            if (open == null) {
                throw new IllegalStateException("the depth of " + queue + " is not known: the broker is away");
            }
            try (var channel = open.createChannel()) {
                long depth = channel.queueDeclarePassive(queue).getMessageCount();
                for (var partition : partitionsOf(queue)) {
                    depth += channel.queueDeclarePassive(partition).getMessageCount();
                }
                return depth;
            }
        } catch (IOException | TimeoutException | ShutdownSignalException failure) {
            throw new IllegalStateException("the depth of " + queue + " is not known", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the depth of " + queue + " is not known", interrupted);
        }
    }

    /** Closes all subscriptions and the connection. */
    @Override
    public void close() {
        subscriptions.forEach(RabbitSubscription::close);
        connection.close();
    }
}
