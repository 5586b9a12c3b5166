package io.wager.consumer.watchdog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Looks again and again, on a thread of its own, whether the consumer still works, and turns its liveness false if it does not, so
 * that its platform starts it again: once and for ever, with a thread dump in the log. Takes no lock and waits for nobody.
 */
final class Watchdog implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Supplier<List<Symptom>> symptoms;
    private final ThreadMXBean threads;
    private final ApplicationEventPublisher events;
    private final Duration interval;
    private final AtomicReference<@Nullable ScheduledExecutorService> timer = new AtomicReference<>();
    /** What the last look found and is not certain. Of the timer's thread. */
    private Set<Object> suspected = Set.of();

    private volatile boolean isBroken;

    /**
     * Looks at nothing yet.
     *
     * @param symptoms looks
     * @param threads shows them when something is wrong
     * @param events is told that liveness is false
     * @param interval between two looks
     * @param meters show that it is
     */
    Watchdog(
            Supplier<List<Symptom>> symptoms,
            ThreadMXBean threads,
            ApplicationEventPublisher events,
            Duration interval,
            MeterRegistry meters) {
        this.symptoms = symptoms;
        this.threads = threads;
        this.events = events;
        this.interval = interval;
        Gauge.builder("wager.watchdog.broken", this, watchdog -> watchdog.isBroken ? 1 : 0)
                .description("1 once the consumer has stopped working and must be started again")
                .register(meters);
    }

    @Override
    public void start() {
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("wager-watchdog").factory());
        if (timer.compareAndSet(null, started)) {
            var unused = started.scheduleWithFixedDelay(
                    this::tick, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            started.shutdown();
        }
    }

    @Override
    public void stop() {
        var running = timer.getAndSet(null);
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return timer.get() != null;
    }

    /** An exception that left it would end the schedule. */
    private void tick() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("the watchdog's check failed, trying again", e);
        }
    }

    /** Looks once. */
    void look() {
        if (isBroken) {
            return;
        }
        var found = symptoms.get();
        var certain = found.stream()
                .filter(symptom -> symptom.isCertain() || suspected.contains(symptom.identity()))
                .toList();
        suspected = found.stream().map(Symptom::identity).collect(Collectors.toSet());
        if (!certain.isEmpty()) {
            isBroken = true;
            tell(certain);
            AvailabilityChangeEvent.publish(events, this, LivenessState.BROKEN);
        }
    }

    private void tell(List<Symptom> certain) {
        var shown =
                certain.stream().flatMap(symptom -> symptom.threads().stream()).collect(Collectors.toSet());
        LOG.error(
                "the consumer has stopped working: liveness is false from now on, start it again found={}\n{}",
                certain.stream().map(Symptom::description).toList(),
                ThreadDump.of(threads, shown));
    }
}
