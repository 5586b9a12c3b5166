package io.wager.bench.speed;

import io.wager.bench.micro.Micro;
import io.wager.bench.speed.drain.Drain;
import io.wager.bench.speed.drain.Growth;
import io.wager.bench.speed.http.AccessExperiment;
import io.wager.bench.speed.http.HttpExperiment;
import io.wager.bench.speed.reads.Reads;
import io.wager.bench.speed.start.StartExperiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs experiments, one after the other.
 *
 * @param folder of everything that they write
 * @param jars the folder of the modules with their built jars
 * @param seconds how long a load lasts after its warm-up
 * @param stored how many wagers are stored before: what {@code reads} compares with few, and where {@code growth} looks
 */
record Bench(Path folder, Path jars, int seconds, StoredSizes stored) {

    /**
     * Measures.
     *
     * @param only the names of the experiments; empty for all that are not long
     * @param rounds how often
     * @param progress is told what goes on
     */
    Report run(Set<String> only, int rounds, Consumer<String> progress) throws Exception {
        var machine = Machine.here();
        var measurements = new Measurements();
        var comparisons = new ArrayList<Comparison>();
        for (var experiment : experiments(only)) {
            try (experiment) {
                progress.accept(experiment.name() + ": starting");
                experiment.prepare();
                for (var round = 0; round < rounds; round++) {
                    progress.accept(experiment.name() + ": round " + (round + 1) + " of " + rounds);
                    experiment.measure(round, measurements);
                }
                comparisons.addAll(experiment.comparisons());
            }
        }
        return Report.of(machine, comparisons, measurements);
    }

    /** Those that were asked for, or all that belong to the table. */
    private List<Experiment> experiments(Set<String> only) {
        return all().stream()
                .filter(experiment -> only.isEmpty() ? !experiment.isLong() : only.contains(experiment.name()))
                .toList();
    }

    /** The names of all experiments. */
    List<String> names() {
        return all().stream().map(Experiment::name).toList();
    }

    private List<Experiment> all() {
        return List.of(
                new HttpExperiment(folder, jars, seconds),
                new AccessExperiment(folder, jars, seconds),
                new Drain(folder, jars, seconds),
                new Reads(folder, jars, seconds, stored.reads()),
                new StartExperiment(folder, jars),
                new Growth(folder, jars, seconds, stored.growth()),
                new Micro(folder));
    }

    /**
     * How many wagers are stored before what is measured.
     *
     * @param reads for {@code reads}
     * @param growth for {@code growth}, ascending
     */
    record StoredSizes(int reads, List<Integer> growth) {
        /** Copies the list. */
        StoredSizes {
            growth = List.copyOf(growth);
        }
    }
}
