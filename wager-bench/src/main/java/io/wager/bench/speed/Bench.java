package io.wager.bench.speed;

import io.wager.bench.speed.drain.Drain;
import io.wager.bench.speed.http.HttpExperiment;
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
 */
record Bench(Path folder, Path jars, int seconds) {

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
        List<Experiment> all = List.of(
                new HttpExperiment(folder, jars, seconds),
                new Drain(folder, jars, seconds),
                new StartExperiment(folder, jars));
        return all.stream()
                .filter(experiment -> only.isEmpty() || only.contains(experiment.name()))
                .toList();
    }
}
