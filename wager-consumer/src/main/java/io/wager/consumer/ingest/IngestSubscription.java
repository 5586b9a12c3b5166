package io.wager.consumer.ingest;

import io.wager.consumer.schema.SchemaGate;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.MessageSource.Subscription;
import io.wager.core.messaging.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Subscribes to the queue of wagers once the schema is there, and ends the subscription when the service stops, before
 * anything that it needs is taken away.
 */
final class IngestSubscription implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IngestSubscription.class);

    private final MessageSource source;
    private final BatchHandler handler;
    private final SchemaGate schema;
    private final BatchSettings settings;
    private final Stopping stopping;

    private @Nullable Subscription subscription;
    private boolean isRunning;

    IngestSubscription(
            MessageSource source, BatchHandler handler, SchemaGate schema, BatchSettings settings, Stopping stopping) {
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
                LOG.error("not consuming queue={}", Topology.WAGER_QUEUE, failure);
            }
        });
    }

    private synchronized void subscribe() {
        if (isRunning && subscription == null) {
            subscription = source.subscribe(Topology.WAGER_QUEUE, settings, handler);
            LOG.info(
                    "consuming queue={} batchSize={} concurrency={}",
                    Topology.WAGER_QUEUE,
                    settings.size(),
                    settings.concurrency());
        }
    }

    @Override
    public synchronized void stop() {
        stopping.set(true);
        isRunning = false;
        if (subscription != null) {
            subscription.close();
            subscription = null;
            LOG.info("stopped consuming queue={}", Topology.WAGER_QUEUE);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return isRunning;
    }
}
