package io.wager.bench.micro;

import io.wager.cli.generate.WagerGenerator;
import io.wager.cli.generate.WagerGenerator.Role;
import io.wager.consumer.ingest.IngestBatch;
import io.wager.consumer.store.WagerRow;
import io.wager.core.wager.Wager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the consumer does to a batch between decoding and storing, told for each of its messages. JMH calls it, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchBenchmark {

    private static final int BATCH = 500;
    private static final long SEED = 12;

    private final List<Wager> wagers;

    /** Makes the wagers: those of a stream in its order, so one of twenty is there twice. */
    public BatchBenchmark() {
        var generator = new WagerGenerator(SEED, 2 * BATCH);
        wagers = IntStream.range(0, generator.count())
                .filter(index -> generator.role(index) != Role.POISON)
                .limit(BATCH)
                .map(generator::original)
                .mapToObj(generator::wager)
                .toList();
    }

    /**
     * Hashes the wagers, folds them by wagerId, and sorts.
     *
     * @return the rows to store
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<WagerRow> hashFoldSort() {
        var batch = new IngestBatch(BATCH);
        for (var i = 0; i < BATCH; i++) {
            batch.add(i, wagers.get(i), null);
        }
        return batch.candidates().stream().map(IngestBatch.Candidate::row).toList();
    }
}
