package io.wager.standalone.drain;

import io.wager.testkit.ServiceProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Spreads requests over those instances that said at the last look that they are ready. Safe for any number of threads. */
final class Balancer implements AutoCloseable {

    private static final long LOOK_MILLIS = 200;

    private final List<ServiceProcess> instances;
    private final Map<ServiceProcess, Boolean> ready = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService looking = Executors.newScheduledThreadPool(2);

    Balancer(List<ServiceProcess> instances) {
        this.instances = List.copyOf(instances);
        for (var instance : instances) {
            var unused = looking.scheduleWithFixedDelay(
                    () -> ready.put(instance, instance.isReady()), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    boolean sees(ServiceProcess instance) {
        return ready.getOrDefault(instance, false);
    }

    /** The next ready one in turn. */
    ServiceProcess next() {
        var first = turn.getAndIncrement();
        for (var step = 0; step < instances.size(); step++) {
            var instance = instances.get(Math.floorMod(first + step, instances.size()));
            if (sees(instance)) {
                return instance;
            }
        }
        throw new IllegalStateException("no instance is ready");
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
