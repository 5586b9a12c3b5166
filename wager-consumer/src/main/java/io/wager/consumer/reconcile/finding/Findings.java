package io.wager.consumer.reconcile.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts all findings, and keeps the first of each kind. Used by one thread. */
public final class Findings {

    /** Most findings of each kind that are kept; all are counted. */
    public static final int LIMIT_OF_A_KIND = 1_000;

    private final Map<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);
    private final Map<FindingKind, Long> repaired = new EnumMap<>(FindingKind.class);
    private final List<Finding> kept = new ArrayList<>();

    /** Counts a finding, and keeps it if there is room. */
    public void add(Finding finding) {
        if (counts.merge(finding.kind(), 1L, Long::sum) <= LIMIT_OF_A_KIND) {
            kept.add(finding);
        }
        if (finding.isRepaired()) {
            repaired.merge(finding.kind(), 1L, Long::sum);
        }
    }

    /** How many there are, by kind. */
    public Map<FindingKind, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** How many were repaired, by kind. */
    public Map<FindingKind, Long> repaired() {
        return new EnumMap<>(repaired);
    }

    /** How many there are. */
    public long total() {
        return sum(counts);
    }

    /** How many are still wrong. */
    public long remaining() {
        return total() - sum(repaired);
    }

    /** The first of each kind. */
    public List<Finding> kept() {
        return List.copyOf(kept);
    }

    private static long sum(Map<FindingKind, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
