package io.wager.bench.scale;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The path of wagers through a site as a network of queues: a request is worked on by the API, its messages by the broker that
 * leads their queue; after the confirm they wait; a consumer takes a batch, works on it, and has its database store it, and
 * works on the next one meanwhile. Where everything runs on one machine all of that competes for its cores.
 *
 * <p>A request's wagers go to one queue, chosen at random, and to the shard of that queue. What is left out: networks, faults,
 * duplicates, reads, a player who outweighs the others, pauses of the JVM. Single-threaded and repeatable by its seed.
 */
public final class Simulation {

    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final int DIGITS = 3;

    private final UnitCosts costs;
    private final Site site;
    private final Load load;
    private final Random random;
    private final Agenda agenda = new Agenda();
    private final Cores api;
    private final List<Cores> brokers;
    private final Cores consumerCores;
    private final List<Cores> databases;
    private final List<Deque<Group>> queues = new ArrayList<>();
    private final List<Taker> takers = new ArrayList<>();
    private final Histogram accepted = new Histogram(DIGITS);
    private final Histogram queryable = new Histogram(DIGITS);
    private long stored;

    private Simulation(UnitCosts costs, Site site, Load load, long seed) {
        this.costs = costs;
        this.site = site;
        this.load = load;
        random = new Random(seed);
        api = new Cores(agenda, site.apiCores());
        brokers = pools(site.brokers(), site.brokerCores());
        consumerCores = site.isShared() ? api : new Cores(agenda, site.consumerCores());
        databases = pools(site.databases(), site.databaseCores());
        for (var i = 0; i < site.partitions(); i++) {
            queues.add(new ArrayDeque<>());
        }
        for (var i = 0; i < site.consumers(); i++) {
            takers.add(new Taker(i));
        }
    }

    /**
     * Simulates.
     *
     * @param costs of the parts
     * @param site the machines
     * @param load what comes
     * @param time how long
     * @param seed makes it repeatable
     */
    public static Outcome run(UnitCosts costs, Site site, Load load, Duration time, long seed) {
        return new Simulation(costs, site, load, seed).run(time);
    }

    private List<Cores> pools(int count, int cores) {
        return IntStream.range(0, count)
                .mapToObj(i -> site.isShared() ? api : new Cores(agenda, cores))
                .toList();
    }

    private Outcome run(Duration time) {
        for (var i = 0; i < queues.size() && load.backlog() > 0; i++) {
            queues.get(i).add(new Group(load.backlog() / queues.size(), 0));
        }
        takers.forEach(Taker::look);
        if (load.wagersPerSecond() > 0) {
            agenda.in(untilNext(), this::arrive);
        }
        agenda.runUntil(time.toNanos() / 1_000.0);
        return new Outcome(
                stored / (agenda.now() / MICROS_PER_SECOND),
                queues.stream().flatMap(Deque::stream).mapToLong(Group::count).sum(),
                accepted.getValueAtPercentile(99) / MICROS_PER_MILLI,
                queryable.getValueAtPercentile(50) / MICROS_PER_MILLI,
                queryable.getValueAtPercentile(99) / MICROS_PER_MILLI,
                api.utilisation(),
                utilisation(brokers),
                consumerCores.utilisation(),
                utilisation(databases));
    }

    private static double utilisation(List<Cores> pools) {
        return pools.stream().mapToDouble(Cores::utilisation).average().orElse(0);
    }

    private double untilNext() {
        var perRequest = MICROS_PER_SECOND * load.wagersPerRequest() / load.wagersPerSecond();
        return -Math.log(1 - random.nextDouble()) * perRequest;
    }

    private void arrive() {
        agenda.in(untilNext(), this::arrive);
        var arrivedAt = agenda.now();
        var queue = random.nextInt(queues.size());
        var wagers = load.wagersPerRequest();
        api.run(
                costs.request() + wagers * costs.wager(),
                () -> brokers.get(queue % brokers.size())
                        .run(
                                wagers * costs.publish(),
                                () -> agenda.in(costs.confirm(), () -> {
                                    accepted.recordValue(Math.round(agenda.now() - arrivedAt));
                                    queues.get(queue).add(new Group(wagers, agenda.now()));
                                    takers.stream()
                                            .filter(taker -> taker.takesFrom(queue))
                                            .forEach(Taker::look);
                                })));
    }

    /** Wagers that wait since one time. */
    private record Group(int count, double since) {}

    /** A batch that only has to be stored. */
    private record Prepared(int queue, List<Group> batch) {}

    /** What stores one batch at a time and, if a full one waits, prepares it meanwhile. */
    private final class Taker {

        private final int number;
        private boolean isPreparing;
        private boolean isStoring;
        private @Nullable Prepared next;

        Taker(int number) {
            this.number = number;
        }

        /** With fewer queues than takers several share one; with more, one has several. */
        boolean takesFrom(int queue) {
            return queues.size() <= takers.size() ? number % queues.size() == queue : queue % takers.size() == number;
        }

        void look() {
            if (isPreparing || next != null) {
                return;
            }
            for (var queue = 0; queue < queues.size(); queue++) {
                if (takesFrom(queue) && !queues.get(queue).isEmpty() && (!isStoring || isFull(queue))) {
                    isPreparing = true;
                    collect(queue);
                    return;
                }
            }
        }

        private void collect(int queue) {
            agenda.in(
                    isFull(queue) ? 0 : site.batchWait().toNanos() / MICROS_PER_MILLI,
                    () -> prepare(queue, take(queue)));
        }

        private boolean isFull(int queue) {
            return queues.get(queue).stream()
                            .mapToLong(Group::count)
                            .limit(site.batchSize())
                            .sum()
                    >= site.batchSize();
        }

        private List<Group> take(int queue) {
            var waiting = queues.get(queue);
            var batch = new ArrayList<Group>();
            var room = site.batchSize();
            while (room > 0 && !waiting.isEmpty()) {
                var group = waiting.remove();
                var taken = Math.min(room, group.count);
                batch.add(new Group(taken, group.since));
                if (taken < group.count) {
                    waiting.addFirst(new Group(group.count - taken, group.since));
                }
                room -= taken;
            }
            return batch;
        }

        private void prepare(int queue, List<Group> batch) {
            var wagers = wagers(batch);
            if (wagers == 0) {
                // Another taker was faster.
                isPreparing = false;
                return;
            }
            brokers.get(queue % brokers.size())
                    .run(
                            wagers * costs.deliver(),
                            () -> consumerCores.run(wagers * costs.consume(), () -> {
                                isPreparing = false;
                                next = new Prepared(queue, batch);
                                storeNext();
                            }));
        }

        private void storeNext() {
            var prepared = next;
            if (isStoring || prepared == null) {
                return;
            }
            isStoring = true;
            next = null;
            databases
                    .get(prepared.queue % databases.size())
                    .run(costs.transaction() + wagers(prepared.batch) * costs.row(), () -> committed(prepared.batch));
            look();
        }

        private void committed(List<Group> batch) {
            for (var group : batch) {
                stored += group.count;
                queryable.recordValueWithCount(Math.round(agenda.now() - group.since), group.count);
            }
            isStoring = false;
            storeNext();
            look();
        }

        private static int wagers(List<Group> batch) {
            return batch.stream().mapToInt(Group::count).sum();
        }
    }
}
