package io.wager.consumer.queue;

import io.wager.consumer.schema.SchemaGate;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.MessageSource.Subscription;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Subscribes to a queue once the schema is there, and ends the subscription when the service stops, before anything that it
 * needs is taken away. Takes no lock: it calls the transport, and is called by whoever finds the schema ready.
 */
public final class QueueSubscription implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(QueueSubscription.class);
    private static final Subscription ENDED = () -> {};

    private final String queue;
    private final MessageSource source;
    private final BatchHandler handler;
    private final SchemaGate schema;
    private final BatchSettings settings;
    private final Stopping stopping;

    /** The time from a start to the next stop; null while there is none. */
    private final AtomicReference<@Nullable Run> current = new AtomicReference<>();

    /**
     * A subscription that has not begun.
     *
     * @param queue a queue of {@link io.wager.core.messaging.Topology}
     * @param source delivers from it
     * @param settings how batches are cut
     * @param handler what is given them
     * @param schema opens when the handler may use the tables
     * @param stopping told when the service stops
     */
    public QueueSubscription(
            String queue,
            MessageSource source,
            BatchSettings settings,
            BatchHandler handler,
            SchemaGate schema,
            Stopping stopping) {
        this.queue = queue;
        this.source = source;
        this.handler = handler;
        this.schema = schema;
        this.settings = settings;
        this.stopping = stopping;
    }

    @Override
    public void start() {
        stopping.set(false);
        var run = new Run();
        if (current.compareAndSet(null, run)) {
            var unused = schema.ready().thenRun(() -> subscribe(run)).whenComplete((nothing, failure) -> {
                if (failure != null) {
                    LOG.error("not consuming queue={}", queue, failure);
                }
            });
        }
    }

    /** On the thread that found the schema ready, or the one that starts: without a lock that the one which stops would wait for. */
    private void subscribe(Run run) {
        if (current.get() != run) {
            return;
        }
        var subscription = source.subscribe(queue, settings, handler);
        if (run.subscription.compareAndSet(null, subscription)) {
            LOG.info("consuming queue={} batchSize={} concurrency={}", queue, settings.size(), settings.concurrency());
        } else {
            subscription.close();
        }
    }

    @Override
    public void stop() {
        stopping.set(true);
        var run = current.getAndSet(null);
        if (run == null) {
            return;
        }
        var subscription = run.subscription.getAndSet(ENDED);
        if (subscription != null) {
            subscription.close();
            LOG.info("stopped consuming queue={}", queue);
        }
    }

    /** On a thread of its own: what has several subscriptions stops them together, within one and the same time. */
    @Override
    public void stop(Runnable whenStopped) {
        Thread.ofPlatform().name("stop-consuming-" + queue).start(() -> {
            try {
                stop();
            } finally {
                whenStopped.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return current.get() != null;
    }

    /** The queue that is consumed. */
    public String queue() {
        return queue;
    }

    /** Whether every thread that consumes is alive or being replaced; also true while nothing is to be consumed. Never blocks. */
    public boolean isWorking() {
        var run = current.get();
        var subscription = run == null ? null : run.subscription.get();
        return subscription == null || subscription.isWorking();
    }

    private static final class Run {

        /** Null until it has begun, {@link #ENDED} once it is over. */
        private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    }
}
