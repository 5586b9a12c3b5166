package io.wager.api.drain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Keeps the server answering for a while after the service was told to stop, so that whoever spreads the requests sees in
 * time that it should send them elsewhere. Spring Boot turns readiness to no first of all; this holds up the earliest phase
 * of stopping, and so the web server's own graceful shutdown, the publisher and everything else after it.
 */
@Component
final class Drain implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";
    private static final Duration SPRINGS_PHASE_TIMEOUT = Duration.ofSeconds(30);

    private final ApplicationContext context;
    private final Duration delay;
    private volatile boolean isDraining;
    private volatile boolean isRunning;
    private volatile long beganNanos;

    Drain(ApplicationContext context, ShutdownProperties properties) {
        this.context = context;
        delay = properties.readinessDelay();
        var phaseTimeout = Binder.get(context.getEnvironment())
                .bind(PHASE_TIMEOUT, Duration.class)
                .orElse(SPRINGS_PHASE_TIMEOUT);
        if (delay.compareTo(phaseTimeout) >= 0) {
            throw new IllegalArgumentException("wager.shutdown.readiness-delay (" + delay + ") must be shorter than "
                    + PHASE_TIMEOUT + " (" + phaseTimeout + "), which would cut it off");
        }
    }

    /** Whether the service was told to stop. */
    boolean isDraining() {
        return isDraining;
    }

    /** Comes before any bean is stopped: others of the same phase may take their time before it is this one's turn. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(context)) {
            begin();
        }
    }

    @Override
    public void start() {
        isDraining = false;
        isRunning = true;
    }

    /** Does not wait. */
    @Override
    public void stop() {
        begin();
        isRunning = false;
    }

    @Override
    public void stop(Runnable whenStopped) {
        begin();
        var rest = Math.max(0, delay.toNanos() - (System.nanoTime() - beganNanos));
        CompletableFuture.delayedExecutor(rest, TimeUnit.NANOSECONDS).execute(() -> {
            isRunning = false;
            whenStopped.run();
        });
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    private synchronized void begin() {
        if (isRunning && !isDraining) {
            beganNanos = System.nanoTime();
            isDraining = true;
            LOG.info("stopping: not ready any more, requests are taken for another delay={}", delay);
        }
    }
}
