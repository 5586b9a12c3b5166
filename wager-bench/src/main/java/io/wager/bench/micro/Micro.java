package io.wager.bench.micro;

import io.wager.bench.speed.Comparison;
import io.wager.bench.speed.Experiment;
import io.wager.bench.speed.Measurements;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Time and allocation of the hot pieces, by JMH in a JVM of its own. */
public final class Micro implements Experiment {

    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 3;

    private final Path log;

    /**
     * The experiment.
     *
     * @param folder for the log
     */
    public Micro(Path folder) {
        log = folder.resolve("jmh.log");
    }

    @Override
    public String name() {
        return "micro";
    }

    /** None: its values stand for themselves. */
    @Override
    public List<Comparison> comparisons() {
        return List.of();
    }

    @Override
    public void prepare() {
        // A JVM for each benchmark is JMH's to start.
    }

    @Override
    public void measure(int round, Measurements measurements) throws RunnerException {
        var options = new OptionsBuilder()
                .include(MessageBenchmark.class.getName().replace(".", "\\."))
                .include(BatchBenchmark.class.getName().replace(".", "\\."))
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend("-Xmx256m")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(log.toString())
                .build();
        for (var result : new Runner(options).run()) {
            var name = result.getPrimaryResult().getLabel();
            measurements.add(name + ", ns/op", result.getPrimaryResult().getScore());
            var allocation = result.getSecondaryResults().get(ALLOCATION);
            if (allocation == null) {
                throw new IllegalStateException("JMH's gc profiler did not tell the allocation, see " + log);
            }
            measurements.add(name + ", B/op", allocation.getScore());
        }
    }

    @Override
    public void close() {
        // Nothing runs on.
    }
}
