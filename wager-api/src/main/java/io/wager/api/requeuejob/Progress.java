package io.wager.api.requeuejob;

import java.util.EnumMap;
import java.util.Map;

/** How many items of a job have each outcome. For one thread. */
final class Progress {

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

    Progress(Map<Outcome, Integer> counts) {
        this.counts.putAll(counts);
    }

    int of(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    void add(Outcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    void move(Outcome from, Outcome to) {
        counts.merge(from, -1, Integer::sum);
        add(to);
    }

    /** Whether every item has come to its end. */
    boolean isSettled() {
        return of(Outcome.PENDING) == 0 && of(Outcome.REQUEUED) == 0;
    }
}
