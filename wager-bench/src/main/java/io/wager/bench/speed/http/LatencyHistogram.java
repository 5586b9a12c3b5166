package io.wager.bench.speed.http;

import io.wager.bench.speed.Measurements.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/** Counts latencies, to the microsecond and three digits, up to two minutes. Safe for any number of threads. */
final class LatencyHistogram {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double POINTS_PER_NINE = 20;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

    /** Counts one. */
    void record(long nanos) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, LONGEST_MICROS));
    }

    /** What was counted so far; all zero if that is nothing. To be called once nothing is recorded any more. */
    LoadResult.Latencies latencies() {
        return new LoadResult.Latencies(
                millis(50), millis(90), millis(99), millis(99.9), micros.getMaxValue() / MICROS_PER_MILLI, curve());
    }

    /** A percentile in milliseconds. */
    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** As far as there are values: the last point stands for at least one of its own. */
    private List<Point> curve() {
        List<Point> curve = new ArrayList<>();
        var nines = Math.log10((double) Math.max(1, micros.getTotalCount()));
        for (var step = 0; step <= nines * POINTS_PER_NINE; step++) {
            var at = step / POINTS_PER_NINE;
            curve.add(new Point(at, millis(100 - 100 / Math.pow(10, at))));
        }
        return curve;
    }

    /** For people. */
    @Override
    public String toString() {
        return micros.getTotalCount() + " of median " + Duration.ofNanos((long) (millis(50) * 1_000_000));
    }
}
