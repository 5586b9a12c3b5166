package io.wager.bench.speed;

import io.wager.bench.speed.Measurements.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Counts latencies from a microsecond to two minutes, to three digits. Any number of threads may record; the rest is for one thread, once
 * nothing is recorded any more.
 */
public final class LatencyHistogram {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double POINTS_PER_NINE = 20;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    /**
     * Counts one.
     *
     * @param nanos clamped to the range of the histogram
     */
    public void record(long nanos) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, LONGEST_MICROS));
    }

    /** Counts all that another has counted. */
    public void add(LatencyHistogram more) {
        micros.add(more.micros);
    }

    /**
     * The latency that so many percent did not exceed, in milliseconds; 0 if nothing was counted.
     *
     * @param percentile 0 to 100
     */
    public double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** The longest in milliseconds. */
    public double maxMillis() {
        return micros.getMaxValue() / MICROS_PER_MILLI;
    }

    /** Milliseconds over the number of nines of the percentile. The last point stands for at least one latency of its own. */
    public List<Point> curve() {
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
