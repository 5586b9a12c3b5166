package io.wager.standalone.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.messaging.Topology;
import io.wager.standalone.liveness.Liveness;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded transport: both ends of the queues in one process, over one H2 file. A publish is confirmed once it is
 * committed, which survives the death of the process; a power failure may take what the operating system had not yet
 * written.
 *
 * <p>Delivery attempts are counted in memory: after a restart every message is at its first attempt again. Where the process
 * before ended without closing the file they are kept in it, until what was there is settled.
 */
public final class EmbeddedTransport implements MessagePublisher, MessageSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedTransport.class);
    /** H2's longest VARBINARY, and the longest body that the API takes. */
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    /** A thirty-second of the heap: a batch is decoded and bound to statements, and takes several times its bytes. */
    private static final long MAX_BATCH_BYTES =
            Math.max(MAX_BODY_BYTES, Runtime.getRuntime().maxMemory() / 32);

    private static final long TICK_MILLIS = 20;
    private static final long DISK_CHECK_TICKS = 50;

    private final EmbeddedQueueProperties properties;
    private final long confirmTimeoutNanos;
    private final Clock clock;
    private final QueueMetrics metrics;
    private final QueueDatabase database;
    private final Map<String, QueueState> queues = new LinkedHashMap<>();
    private final QueueWriter writer;
    private final PublishRoom room;
    private final Liveness liveness;
    private final Suspects suspects;
    private final Queue<QueueCommand.Publish> unconfirmed = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService ticker;
    private final List<EmbeddedSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private long ticks;
    private volatile boolean diskIsFull;
    private volatile boolean closed;

    /**
     * Opens the file, or makes it.
     *
     * @param properties the queue
     * @param publishing how messages are published
     * @param clock the time that dead letters say
     * @param registry where the meters go
     * @param liveness told when the file is closed under the queue, and of failures of the JVM
     * @throws SQLException if the file can't be opened, as when another process has it
     */
    public EmbeddedTransport(
            EmbeddedQueueProperties properties,
            EmbeddedPublishProperties publishing,
            Clock clock,
            MeterRegistry registry,
            Liveness liveness)
            throws SQLException {
        this(properties, publishing, clock, registry, liveness, Topology.DELIVERY_LIMIT);
    }

    /**
     * As the public one.
     *
     * @param crashLimit the most processes that may end while one and the same message is handled
     */
    EmbeddedTransport(
            EmbeddedQueueProperties properties,
            EmbeddedPublishProperties publishing,
            Clock clock,
            MeterRegistry registry,
            Liveness liveness,
            int crashLimit)
            throws SQLException {
        this.properties = properties;
        this.clock = clock;
        confirmTimeoutNanos = publishing.confirmTimeout().toNanos();
        this.liveness = liveness;
        suspects = new Suspects(crashLimit);
        room = new PublishRoom(publishing.maxOutstanding(), properties.maxOutstandingBytes());
        var names = Topology.BINDINGS.stream()
                .map(Topology.Binding::queue)
                .distinct()
                .toList();
        database = new QueueDatabase(properties.file(), names);
        for (var name : names) {
            queues.put(name, new QueueState(name, database));
        }
        compactAtStart();
        writer = new QueueWriter(database, queues.values(), properties, liveness);
        ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("wager-queue-ticker").factory());
        metrics = new QueueMetrics(registry);
        start();
    }

    private void start() {
        metrics.observe(this, queues.values());
        checkDisk();
        var unused = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info(
                "Opened the embedded queue: file={} bytes={} waiting={} dead={}",
                properties.file(),
                fileBytes(),
                depth(Topology.WAGER_QUEUE),
                depth(Topology.DEAD_LETTER_QUEUE));
    }

    /** After a crash the file may be many times what it holds, since nothing compacted it. */
    private void compactAtStart() throws SQLException {
        var held = queues.values().stream().mapToLong(QueueState::bytes).sum();
        if (fileBytes() > properties.compactAbove().toBytes() + 4 * held) {
            database.compact();
        }
    }

    @Override
    public CompletableFuture<Void> publish(Destination destination, Message message) {
        var started = System.nanoTime();
        var targets = Topology.BINDINGS.stream()
                .filter(binding -> binding.routes(destination))
                .map(binding -> state(binding.queue()))
                .toList();
        var refusal = refusal(destination, targets, message);
        if (refusal == null && !acquireRoom(message)) {
            refusal = new PublishFailedException(
                    Reason.SATURATED,
                    room.messages() + " messages of " + room.bytes() + " bytes are waiting for their commit");
        }
        if (refusal != null) {
            metrics.ended(PublishOutcome.of(refusal.reason()), 0);
            return CompletableFuture.failedFuture(refusal);
        }
        var publish = new QueueCommand.Publish(
                targets, destination, message, started + confirmTimeoutNanos, new CompletableFuture<>());
        // Not a dependent future, which would wrap the failure: callers are promised the failure itself.
        var answer = new CompletableFuture<Void>();
        var unused = publish.done().whenComplete((nothing, failure) -> {
            room.release(message.body().length);
            metrics.ended(
                    failure instanceof PublishFailedException failed
                            ? PublishOutcome.of(failed.reason())
                            : PublishOutcome.CONFIRMED,
                    System.nanoTime() - started);
            if (failure == null) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        unconfirmed.add(publish);
        writer.submit(publish);
        return answer;
    }

    private @Nullable PublishFailedException refusal(
            Destination destination, List<QueueState> targets, Message message) {
        if (closed || !writer.isWorking()) {
            return new PublishFailedException(Reason.UNREACHABLE, "the embedded queue is not open");
        }
        if (targets.isEmpty()) {
            return new PublishFailedException(Reason.UNROUTABLE, "no queue is bound for " + destination);
        }
        if (diskIsFull) {
            return new PublishFailedException(
                    Reason.BLOCKED, "less than " + properties.minFreeSpace() + " are free on the disk");
        }
        if (message.body().length > MAX_BODY_BYTES) {
            return new PublishFailedException(Reason.REFUSED, "the body has more than " + MAX_BODY_BYTES + " bytes");
        }
        for (var queue : targets) {
            if (isFull(queue)) {
                return new PublishFailedException(Reason.REFUSED, "the queue " + queue.name() + " is full");
            }
        }
        return null;
    }

    /** The dead letters are never full: what is dead would come back for ever, and it was let in before. */
    private boolean isFull(QueueState queue) {
        return !queue.name().equals(Topology.DEAD_LETTER_QUEUE)
                && (queue.depth() + outstanding() >= properties.maxRows()
                        || queue.bytes() >= properties.maxSize().toBytes());
    }

    private boolean acquireRoom(Message message) {
        try {
            // No longer than half of its time, or what gets room at last has none left for its commit.
            return room.acquire(message.body().length, confirmTimeoutNanos / 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public State state() {
        if (closed || !writer.isWorking()) {
            return State.DISCONNECTED;
        }
        return diskIsFull || isFull(state(Topology.WAGER_QUEUE)) ? State.BLOCKED : State.READY;
    }

    @Override
    public Subscription subscribe(String queue, BatchSettings settings, BatchHandler handler) {
        var deadLetterQueues = Topology.BINDINGS.stream()
                .filter(binding -> binding.routes(Topology.DEAD_LETTERS))
                .map(binding -> state(binding.queue()))
                .toList();
        // Whoever asks for batches without a bound of bytes gets one all the same.
        var bounded = new BatchSettings(
                settings.size(),
                Math.min(settings.maxBytes(), MAX_BATCH_BYTES),
                settings.maxWait(),
                settings.concurrency());
        var subscription = new EmbeddedSubscription(
                state(queue),
                bounded,
                handler,
                writer,
                deadLetterQueues,
                clock,
                properties.shutdownTimeout(),
                liveness,
                suspects);
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public long depth(String queue) {
        return state(queue).depth();
    }

    /**
     * Size of the file on the disk.
     *
     * @return bytes
     */
    public long fileBytes() {
        return database.fileBytes();
    }

    int outstanding() {
        return room.messages();
    }

    private QueueState state(String queue) {
        var state = queues.get(queue);
        if (state == null) {
            throw new IllegalArgumentException("there is no queue " + queue);
        }
        return state;
    }

    /** An exception would end the ticker, and nothing would be timed out any more. */
    private void tick() {
        try {
            timeOut();
        } catch (RuntimeException e) {
            LOG.warn("The embedded queue could not check its deadlines", e);
        } catch (Error e) {
            liveness.endIfFatal(e);
            LOG.error("The embedded queue could not check its deadlines", e);
        }
    }

    private void timeOut() {
        var now = System.nanoTime();
        for (var first = unconfirmed.peek(); first != null; first = unconfirmed.peek()) {
            if (!first.done().isDone()) {
                if (first.deadlineNanos() - now > 0) {
                    break;
                }
                first.done()
                        .completeExceptionally(new PublishFailedException(
                                Reason.UNCONFIRMED, "the embedded queue did not commit in time"));
            }
            unconfirmed.poll();
        }
        if (++ticks % DISK_CHECK_TICKS == 0) {
            checkDisk();
        }
    }

    private void checkDisk() {
        var full = database.freeBytes() < properties.minFreeSpace().toBytes();
        if (full != diskIsFull) {
            diskIsFull = full;
            LOG.warn(full ? "The disk is nearly full: nothing is published" : "The disk has room again");
        }
    }

    /** Ends the deliveries, commits what was published, compacts the file and closes it. Safe to call twice. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        subscriptions.forEach(EmbeddedSubscription::close);
        closed = true;
        writer.close();
        ticker.shutdownNow();
        try {
            database.close();
        } catch (SQLException e) {
            LOG.warn("The embedded queue did not close cleanly", e);
        }
        LOG.info("Closed the embedded queue: bytes={}", fileBytes());
    }
}
