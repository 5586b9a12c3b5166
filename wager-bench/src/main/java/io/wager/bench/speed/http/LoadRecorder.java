package io.wager.bench.speed.http;

import java.util.ArrayList;
import java.util.List;
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
    private final List<Long> perSecond = new ArrayList<>();
    private long requests;
    private long wagers;

    LoadRecorder(Load load) {
        this.load = load;
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
        while (perSecond.size() <= second) {
            perSecond.add(0L);
        }
        perSecond.set(second, perSecond.get(second) + load.batch());
        if (counts) {
            wagers += load.batch();
            accept.record(end - start);
        }
        return true;
    }

    /** What was counted. */
    synchronized LoadResult result(LoadResult.@Nullable Queryable queryable) {
        return new LoadResult(
                requests, wagers, load.seconds(), failures, accept.latencies(), queryable, List.copyOf(perSecond));
    }
}
