package io.wager.bench.speed.http;

import io.wager.bench.speed.LatencyHistogram;
import io.wager.bench.speed.Measurements.Point;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a load; the generator writes it into a file.
 *
 * @param requests that ended in the part that counts
 * @param wagers of these that were accepted
 * @param seconds how long that part was
 * @param failures requests of the whole load without a 200, by their status; 0 for no answer
 * @param accept from the begin of a request, connecting included, to the end of its answer, of accepted requests only
 * @param queryable from the end of the answer until the wager was found stored; null if that was not asked
 * @param wagersPerSecond accepted in each second, from the begin of the warm-up
 */
record LoadResult(
        long requests,
        long wagers,
        double seconds,
        Map<Integer, Long> failures,
        Latencies accept,
        @Nullable Queryable queryable,
        List<Long> wagersPerSecond) {

    LoadResult {
        failures = Map.copyOf(failures);
        wagersPerSecond = List.copyOf(wagersPerSecond);
    }

    /** Accepted wagers per second. */
    double rate() {
        return wagers / seconds;
    }

    /** How many requests failed. */
    long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Latencies in milliseconds.
     *
     * @param curve over the number of nines of the percentile: 1 is 90 %, 2 is 99 %
     */
    record Latencies(double p50, double p90, double p99, double p999, double max, List<Point> curve) {
        Latencies {
            curve = List.copyOf(curve);
        }

        static Latencies of(LatencyHistogram histogram) {
            return new Latencies(
                    histogram.millis(50),
                    histogram.millis(90),
                    histogram.millis(99),
                    histogram.millis(99.9),
                    histogram.maxMillis(),
                    histogram.curve());
        }
    }

    /**
     * How soon accepted wagers could be read.
     *
     * @param sampled how many were asked for
     * @param unstored how many of them were not stored in time
     * @param latencies until they were found stored, up to one poll longer than it took
     * @param pollMillis from one poll to the next, 99th percentile: by so much the latencies may be too long
     */
    record Queryable(int sampled, int unstored, Latencies latencies, double pollMillis) {}
}
