package io.wager.api.requeuejob;

import io.wager.api.requeuejob.JobRepository.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is.
 *
 * @param total letters found, and named but not there
 * @param pending not sent yet
 * @param requeued on their way
 * @param resolved stored
 * @param failed failed again
 * @param skipped not sent, for the reasons that follow
 * @param skippedByReason how many for each reason
 * @param settledPerSecond resolved and failed in the last minute, per second
 * @param secondsLeft an estimate; null if nothing can be said
 */
record ProgressResponse(
        int total,
        int pending,
        int requeued,
        int resolved,
        int failed,
        int skipped,
        Map<String, Integer> skippedByReason,
        double settledPerSecond,
        @Nullable Long secondsLeft) {

    private static final Duration LATELY = Duration.ofMinutes(1);
    private static final String UNKNOWN = "unknown";

    /** Since when the rate is measured. */
    static Instant since(Job job, Instant now) {
        var minuteAgo = now.minus(LATELY);
        return minuteAgo.isAfter(job.createdAt()) ? minuteAgo : job.createdAt();
    }

    static ProgressResponse of(Job job, List<Count> counts, Instant now) {
        Map<String, Integer> reasons = new TreeMap<>();
        var lately = 0;
        for (var count : counts) {
            if (count.outcome() == Outcome.SKIPPED) {
                // What follows a colon is about the single letter.
                reasons.merge(String.valueOf(count.reason()).split(":", 2)[0], count.items(), Integer::sum);
            } else if (count.outcome() == Outcome.RESOLVED || count.outcome() == Outcome.FAILED) {
                lately += count.lately();
            }
        }
        var found = counts.stream().mapToInt(Count::items).sum();
        var named = job.isSelected() ? Selection.read(job.selection()).named() : 0;
        var missing = Math.max(0, named - found);
        if (missing > 0) {
            reasons.put(UNKNOWN, missing);
        }
        var pending = sum(counts, Outcome.PENDING);
        var requeued = sum(counts, Outcome.REQUEUED);
        var rate = perSecond(lately, Duration.between(since(job, now), now));
        return new ProgressResponse(
                found + missing,
                pending,
                requeued,
                sum(counts, Outcome.RESOLVED),
                sum(counts, Outcome.FAILED),
                sum(counts, Outcome.SKIPPED) + missing,
                reasons,
                rate,
                left(job, pending + requeued, rate));
    }

    private static int sum(List<Count> counts, Outcome outcome) {
        return counts.stream()
                .filter(count -> count.outcome() == outcome)
                .mapToInt(Count::items)
                .sum();
    }

    /** To a tenth: more would not hold. */
    private static double perSecond(int settled, Duration time) {
        var seconds = Math.max(1, time.toMillis() / 1_000.0);
        return Math.round(settled / seconds * 10) / 10.0;
    }

    private static @Nullable Long left(Job job, int remaining, double rate) {
        var isKnown = job.status() == JobStatus.RUNNING && job.isSelected() && rate > 0;
        return isKnown ? Long.valueOf((long) Math.ceil(remaining / rate)) : null;
    }
}
