package io.wager.bench.faults;

import io.wager.bench.faults.Fault.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Injects faults one after the other on each of the two targets, in rounds that hold each kind once, in an order and at
 * distances that follow from the seed. {@link #finish} returns when the last one is healed.
 */
final class FaultSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultSchedule.class);

    private final Scene scene;
    private final FaultPlan plan;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<Fault, Integer> injected = Collections.synchronizedMap(new EnumMap<>(Fault.class));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> lanes = new ArrayList<>();

    /**
     * Starts to inject.
     *
     * @param scene what to harm
     * @param plan what, how often, how far apart
     */
    FaultSchedule(Scene scene, FaultPlan plan) {
        this.scene = scene;
        this.plan = plan;
        for (var target : Target.values()) {
            lanes.add(threads.submit(() ->
                    inject(target, new Random(plan.seed() * 31 + target.name().hashCode()))));
        }
    }

    /** How often each kind has been injected so far. */
    Map<Fault, Integer> injected() {
        synchronized (injected) {
            var copy = new EnumMap<Fault, Integer>(Fault.class);
            copy.putAll(injected);
            return copy;
        }
    }

    /** Whether every round is over. */
    boolean isDone() {
        return lanes.stream().allMatch(Future::isDone);
    }

    /** Begins no further fault, and waits until those under way are healed. */
    void finish() throws InterruptedException {
        stopping.countDown();
        for (var lane : lanes) {
            try {
                lane.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException("a fault could not be injected or healed", failed.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Void inject(Target target, Random random) throws Exception {
        for (var round = 0; round < plan.rounds(); round++) {
            var faults = new ArrayList<>(plan.faults().stream()
                    .sorted()
                    .filter(fault -> fault.target() == target)
                    .toList());
            Collections.shuffle(faults, random);
            for (var fault : faults) {
                if (stopping.await(random.nextInt(plan.longestDistanceMillis()), TimeUnit.MILLISECONDS)) {
                    return null;
                }
                LOG.info("fault {}", fault.label());
                fault.inject(scene, new Random(random.nextLong()));
                injected.merge(fault, 1, Integer::sum);
            }
        }
        return null;
    }
}
