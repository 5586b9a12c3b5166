package io.wager.bench.speed.http;

import io.wager.bench.speed.LatencyHistogram;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of the requests of one load, which starts when this is made. Safe for any number of threads. */
final class LoadRecorder {

    private static final int ACCEPTED = 200;

    private final Load load;
    private final long begin = System.nanoTime();
    private final LatencyHistogram accept = new LatencyHistogram();
    private final TreeMap<Integer, Long> failures = new TreeMap<>();
    private final long[] perSecond;
    private long requests;
    private long wagers;

    LoadRecorder(Load load) {
        this.load = load;
        perSecond = new long[load.warmUpSeconds() + load.seconds()];
    }

    /**
     * Counts a request that has ended.
     *
     * @param start when it began, and
     * @param end when its answer was there, both by {@link System#nanoTime}
     * @param status 0 for no answer
     * @return whether its wagers are accepted
     */
    synchronized boolean record(long start, long end, int status) {
        var second = (int) TimeUnit.NANOSECONDS.toSeconds(end - begin);
        var counts = second >= load.warmUpSeconds() && second < load.warmUpSeconds() + load.seconds();
        if (counts) {
            requests++;
        }
        if (status != ACCEPTED) {
            failures.merge(status, 1L, Long::sum);
            return false;
        }
        if (second < perSecond.length) {
            perSecond[second] += load.batch();
        }
        if (counts) {
            wagers += load.batch();
            accept.record(end - start);
        }
        return true;
    }

    /** Whether what ends at a time, by {@link System#nanoTime}, comes after the warm-up. */
    synchronized boolean isAfterWarmUp(long at) {
        return TimeUnit.NANOSECONDS.toSeconds(at - begin) >= load.warmUpSeconds();
    }

    /** What was counted. */
    synchronized LoadResult result(LoadResult.@Nullable Queryable queryable) {
        return new LoadResult(
                requests,
                wagers,
                load.seconds(),
                failures,
                LoadResult.Latencies.of(accept),
                queryable,
                Arrays.stream(perSecond).boxed().toList());
    }
}
