package io.wager.bench.speed.reads;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long answers took, from a microsecond to a minute with three digits. Any number of threads may record into one. */
final class Latencies {

    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    void record(long nanos) {
        micros.recordValue(Math.clamp(nanos / NANOS_PER_MICRO, 1, LONGEST_MICROS));
    }

    void add(Latencies more) {
        micros.add(more.micros);
    }

    /** Milliseconds within which so many percent were answered. */
    double millisAt(double percent) {
        return micros.getValueAtPercentile(percent) / MICROS_PER_MILLI;
    }
}
