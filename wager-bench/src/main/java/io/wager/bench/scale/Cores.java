package io.wager.bench.scale;

import java.util.ArrayDeque;
import java.util.Queue;

/** Cores that work is done on in slices, in turn, as an operating system does. */
final class Cores {

    private static final double SLICE_MICROS = 1_000;

    private final Agenda agenda;
    private final int count;
    private final Queue<Work> waiting = new ArrayDeque<>();
    private int busy;
    private double usedMicros;

    Cores(Agenda agenda, int count) {
        this.agenda = agenda;
        this.count = count;
    }

    /** Does work of so many microseconds on one core, and then what follows it. */
    void run(double micros, Runnable then) {
        waiting.add(new Work(micros, then));
        next();
    }

    /** The share of all cores that was used from the beginning until now. */
    double utilisation() {
        return usedMicros / (agenda.now() * count);
    }

    private void next() {
        if (busy == count || waiting.isEmpty()) {
            return;
        }
        var work = waiting.remove();
        var slice = Math.min(SLICE_MICROS, work.micros);
        busy++;
        agenda.in(slice, () -> {
            busy--;
            usedMicros += slice;
            if (work.micros > slice) {
                waiting.add(new Work(work.micros - slice, work.then));
            } else {
                work.then.run();
            }
            next();
        });
    }

    private record Work(double micros, Runnable then) {}
}
