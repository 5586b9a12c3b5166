package io.wager.consumer.queue;

import io.wager.consumer.schema.SchemaGate;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.MessageSource.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Subscribes to a queue once the schema is there, and ends the subscription when the service stops, before anything that it
 * needs is taken away.
 */
public final class QueueSubscription implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(QueueSubscription.class);

    private final String queue;
    private final MessageSource source;
    private final BatchHandler handler;
    private final SchemaGate schema;
    private final BatchSettings settings;
    private final Stopping stopping;

    private @Nullable Subscription subscription;
    private boolean isRunning;

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
    public synchronized void start() {
        stopping.set(false);
        isRunning = true;
        var unused = schema.ready().thenRun(this::subscribe).whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.error("not consuming queue={}", queue, failure);
            }
        });
    }

    private synchronized void subscribe() {
        if (isRunning && subscription == null) {
            subscription = source.subscribe(queue, settings, handler);
            LOG.info("consuming queue={} batchSize={} concurrency={}", queue, settings.size(), settings.concurrency());
        }
    }

    @Override
    public synchronized void stop() {
        stopping.set(true);
        isRunning = false;
        if (subscription != null) {
            subscription.close();
            subscription = null;
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
    public synchronized boolean isRunning() {
        return isRunning;
    }
}
