package io.wager.bench.speed.http;

import io.wager.bench.speed.Comparison;
import io.wager.bench.speed.Comparison.Aim;
import io.wager.bench.speed.Experiment;
import io.wager.bench.speed.Measurements;
import io.wager.bench.speed.Measurements.Curve;
import io.wager.bench.speed.Measurements.Point;
import io.wager.bench.speed.http.Load.Model;
import io.wager.cli.generate.WagerGenerator;
import io.wager.core.wager.WagerEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Single and batch POSTs beside what they cannot exceed, and the many short connections of the tester in the field. */
public final class HttpExperiment implements Experiment {

    private static final String SINGLE = "single POST, confirmed";
    private static final String SINGLE_PARTS = "sum of its parts: no broker, and PerfTest";
    private static final String SINGLE_LIMIT = "single POST, validated, no broker";
    private static final String SINGLE_CPU = "single POST, processor time of the API";
    private static final String SINGLE_LIMIT_CPU = "the same, no broker";
    private static final String BATCH = "batch POST, confirmed";
    private static final String BATCH_LIMIT = "RabbitMQ PerfTest, confirmed";
    private static final String CONNECTIONS = "single POST, confirmed, new connections";
    private static final String TESTER = "250 new connections/s";
    private static final String TESTER_FAILURES = TESTER + ": failures";
    private static final String TESTER_ACCEPT = TESTER + ": accept p99";
    private static final String TESTER_QUERYABLE = TESTER + ": queryable p99";

    // With fewer, both cores are at times idle while all clients wait for a confirm, and the broker keeps few messages
    // at once.
    private static final int CLIENTS = 128;
    private static final int BATCH_CLIENTS = 4;
    private static final int BATCH_SIZE = 500;
    private static final int TESTER_RATE = 250;
    private static final int TESTER_SAMPLE_EVERY = 5;
    private static final int SINGLE_BODIES = 20_000;
    private static final int BATCH_BODIES = 100;
    // The generator's own JVM is new for each load: on a busy machine it took four seconds until it was at its speed.
    private static final int LEAST_WARM_UP_SECONDS = 4;
    // On two processors an API was at its speed after half a minute: until then the compiler has half of them.
    private static final int SERVER_WARM_UP_SECONDS = 40;
    private static final int SIZES = 1_000;

    private final Path folder;
    private final Path jars;
    private final int seconds;
    private final int warmUpSeconds;
    private final LoadGenerator generator;
    private @Nullable Servers servers;
    private long seed;

    /**
     * The experiment.
     *
     * @param folder of the whole run; a folder of this experiment's own is made in it
     * @param jars the folder of the modules with their built jars
     * @param seconds how long a load lasts after its warm-up
     */
    public HttpExperiment(Path folder, Path jars, int seconds) {
        this.folder = folder.resolve("http");
        this.jars = jars;
        this.seconds = seconds;
        warmUpSeconds = Math.max(LEAST_WARM_UP_SECONDS, seconds / 2);
        generator = new LoadGenerator(this.folder);
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(
                new Comparison(SINGLE, SINGLE_PARTS, Aim.atLeast(0.95), "wagers/s"),
                new Comparison(SINGLE, SINGLE_LIMIT, null, "wagers/s"),
                new Comparison(SINGLE_CPU, SINGLE_LIMIT_CPU, Aim.atMost(1.35), "us"),
                new Comparison(BATCH, BATCH_LIMIT, Aim.atLeast(0.6), "wagers/s"),
                new Comparison(CONNECTIONS, null, null, "wagers/s"),
                new Comparison(TESTER_FAILURES, null, Aim.atMost(0), "requests"),
                new Comparison(TESTER_ACCEPT, null, Aim.atMost(50), "ms"),
                new Comparison(TESTER_QUERYABLE, null, Aim.atMost(250), "ms"));
    }

    @Override
    public void prepare() throws Exception {
        servers = new Servers(Files.createDirectories(folder).toAbsolutePath(), jars);
        // Else the first round would measure how the JVMs compile, and whoever leads would pay most.
        generator.run("warm-up", warmUp(servers().api()));
        generator.run("warm-up-no-broker", warmUp(servers().withoutBroker()));
        servers().purge();
    }

    @Override
    public void measure(int round, Measurements measurements) throws Exception {
        List<Step> singles = List.of(this::single, this::singleWithoutBroker);
        List<Step> batches = List.of(this::batch, this::perfTest);
        for (var pair : List.of(singles, batches)) {
            for (var step : round % 2 == 0 ? pair : pair.reversed()) {
                step.measure(round, measurements);
                servers().purge();
            }
        }
        measurements.add(
                SINGLE_PARTS,
                rateOfBoth(
                        measurements.values(SINGLE_LIMIT).getLast(),
                        measurements.values(BATCH_LIMIT).getLast()));
        newConnections(round, measurements);
        tester(round, measurements);
    }

    /**
     * The rate of two works done for each item by the same processors, where each alone uses all of them: their times add up.
     *
     * @param one its rate alone, positive
     * @param other its rate alone, positive
     */
    static double rateOfBoth(double one, double other) {
        return 1 / (1 / one + 1 / other);
    }

    private void single(int round, Measurements measurements) throws Exception {
        var before = servers().apiCpuTime();
        var result = posts(SINGLE, "single-" + round, closed(servers().api(), Model.CLOSED_KEEP_ALIVE), measurements);
        measurements.add(SINGLE_CPU, microsPerWager(servers().apiCpuTime().minus(before), result));
    }

    private void singleWithoutBroker(int round, Measurements measurements) throws Exception {
        var load = closed(servers().withoutBroker(), Model.CLOSED_KEEP_ALIVE);
        var before = servers().withoutBrokerCpuTime();
        var result = posts(SINGLE_LIMIT, "single-no-broker-" + round, load, measurements);
        measurements.add(
                SINGLE_LIMIT_CPU,
                microsPerWager(servers().withoutBrokerCpuTime().minus(before), result));
    }

    /** Of all that the load accepted, its warm-up included, since the processor time includes it, too. */
    static double microsPerWager(Duration cpuTime, LoadResult result) {
        return cpuTime.toNanos()
                / 1e3
                / result.wagersPerSecond().stream().mapToLong(Long::longValue).sum();
    }

    private void newConnections(int round, Measurements measurements) throws Exception {
        var load = closed(servers().api(), Model.CLOSED_NEW_CONNECTIONS);
        posts(CONNECTIONS, "new-connections-" + round, load, measurements);
    }

    private void batch(int round, Measurements measurements) throws Exception {
        var load = new Load(
                servers().api(),
                Model.CLOSED_KEEP_ALIVE,
                BATCH_CLIENTS,
                BATCH_SIZE,
                warmUpSeconds,
                seconds,
                seed++,
                BATCH_BODIES,
                0);
        posts(BATCH, "batch-" + round, load, measurements);
    }

    private Load warmUp(String uri) {
        return new Load(uri, Model.CLOSED_KEEP_ALIVE, CLIENTS, 1, SERVER_WARM_UP_SECONDS, 1, seed++, SINGLE_BODIES, 0);
    }

    private Load closed(String uri, Model model) {
        return new Load(uri, model, CLIENTS, 1, warmUpSeconds, seconds, seed++, SINGLE_BODIES, 0);
    }

    private LoadResult posts(String name, String file, Load load, Measurements measurements) throws Exception {
        var result = generator.run(file, load);
        if (result.failed() > 0) {
            throw new IllegalStateException(name + ": requests failed, by status: " + result.failures());
        }
        measurements.add(name, result.rate());
        plot(name, result, measurements);
        return result;
    }

    private void perfTest(int round, Measurements measurements) throws Exception {
        var perfTest = new PerfTest(folder, servers().broker().uri(), meanMessageSize());
        measurements.add(BATCH_LIMIT, perfTest.run("batch-" + round, warmUpSeconds, seconds));
    }

    private void tester(int round, Measurements measurements) throws Exception {
        servers().startConsumer();
        // With what the new connections have left in the queue, the consumer warms up.
        servers().awaitEmptyQueue();
        var load = new Load(
                servers().api(),
                Model.OPEN,
                TESTER_RATE,
                1,
                warmUpSeconds,
                seconds,
                seed++,
                TESTER_RATE * (warmUpSeconds + seconds),
                TESTER_SAMPLE_EVERY);
        var result = runBesideDepth("tester-" + round, load, measurements);
        servers().stopConsumer();
        var queryable = result.queryable();
        if (queryable == null) {
            throw new IllegalStateException("no accepted wager was asked for");
        }
        measurements.add(TESTER_FAILURES, (double) (result.failed() + queryable.unstored()));
        measurements.add(TESTER_ACCEPT, result.accept().p99());
        measurements.add(TESTER_QUERYABLE, queryable.latencies().p99());
        plot(TESTER + ": accept", result, measurements);
        measurements.plot(latencies(TESTER + ": queryable", queryable.latencies()));
    }

    private LoadResult runBesideDepth(String file, Load load, Measurements measurements) throws Exception {
        try (var depth = new QueueDepth(servers().broker())) {
            var result = generator.run(file, load);
            measurements.plot(
                    new Curve("http-depth", "Wagers that wait in the queue", TESTER, "s", "wagers", depth.points()));
            return result;
        }
    }

    private static void plot(String name, LoadResult result, Measurements measurements) {
        measurements.plot(latencies(name, result.accept()));
        var perSecond = result.wagersPerSecond();
        measurements.plot(new Curve(
                "http-throughput",
                "Accepted wagers over time, warm-up included",
                name,
                "s",
                "wagers/s",
                IntStream.range(0, perSecond.size())
                        .mapToObj(second -> new Point(second, perSecond.get(second)))
                        .toList()));
    }

    private static Curve latencies(String name, LoadResult.Latencies latencies) {
        return new Curve(
                "http-latency",
                "Latency by percentile",
                name,
                "nines of the percentile (1: 90 %, 2: 99 %, 3: 99.9 %)",
                "ms",
                latencies.curve());
    }

    /** Of what the API would publish. */
    private static int meanMessageSize() {
        var wagers = new WagerGenerator(0, SIZES);
        return (int) Math.round(IntStream.range(0, SIZES)
                .map(index -> WagerEncoder.encode(wagers.wager(index)).length)
                .average()
                .orElseThrow());
    }

    private Servers servers() {
        if (servers == null) {
            throw new IllegalStateException("not prepared");
        }
        return servers;
    }

    @Override
    public void close() {
        if (servers != null) {
            servers.close();
        }
    }

    /** A measurement of one thing. */
    private interface Step {
        void measure(int round, Measurements measurements) throws Exception;
    }
}
