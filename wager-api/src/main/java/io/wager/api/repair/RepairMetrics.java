package io.wager.api.repair;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Counts the actions of persons and jobs on dead letters at this instance. */
@Component
public final class RepairMetrics {

    private final Counter requeued;
    private final Counter requeueFailed;
    private final Counter edited;
    private final Counter discarded;
    private final Counter restored;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
    private final AtomicInteger runningJobs = new AtomicInteger();

    RepairMetrics(MeterRegistry registry) {
        requeued = counter(registry, "wager.dead.letters.requeued", "Requeues whose message is durable");
        requeueFailed = counter(
                registry, "wager.dead.letters.requeue.failed", "Requeues whose message is not known to be durable");
        edited = counter(registry, "wager.dead.letters.edited", "Bodies written in place of the original");
        discarded = counter(registry, "wager.dead.letters.discarded", "Dead letters discarded");
        restored = counter(registry, "wager.dead.letters.restored", "Dead letters restored");
        for (var refusal : Refusal.values()) {
            refused.put(
                    refusal,
                    Counter.builder("wager.dead.letters.refused")
                            .description("Actions refused, and letters that a job skipped, by reason")
                            .tag("reason", refusal.wireForm())
                            .register(registry));
        }
        Gauge.builder("wager.requeue.jobs.running", runningJobs, AtomicInteger::get)
                .description("Jobs that this instance runs")
                .register(registry);
    }

    /**
     * Notes an action or a job's letter that was refused.
     *
     * @param refusal why
     */
    public void refused(Refusal refusal) {
        // Every reason has its counter.
        refused.computeIfPresent(refusal, (reason, counter) -> {
            counter.increment();
            return counter;
        });
    }

    /**
     * Sets how many jobs run here.
     *
     * @param jobs their number
     */
    public void runningJobs(int jobs) {
        runningJobs.set(jobs);
    }

    void requeued(int letters) {
        requeued.increment(letters);
    }

    void requeueFailed(int letters) {
        requeueFailed.increment(letters);
    }

    void edited() {
        edited.increment();
    }

    void discarded() {
        discarded.increment();
    }

    void restored() {
        restored.increment();
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
