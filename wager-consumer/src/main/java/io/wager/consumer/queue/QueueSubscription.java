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
 * Subscribes to a queue once the schema is there, and ends the subscription when the service stops, before its dependencies close. It takes
 * no lock, because it calls the transport and is called by the thread that finds the schema ready.
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
     * @param settings how batches are formed
     * @param handler gets the batches
     * @param schema opens when the handler may use the tables
     * @param stopping learns when the service stops
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

    /** Runs on the thread that found the schema ready, or the starting one, without a lock that the stopping one would wait for. */
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

    /** Runs on a thread of its own, so that several subscriptions stop together, within the same time. */
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
