package io.wager.api.limit;

/**
 * Reads whose cost grows with what is stored, by who asks for them. Each kind has a bulkhead of its own: analysts must not keep operators
 * from what they need in an incident, and all of them together must leave connections to everybody else.
 */
public enum CostlyRead {
    /** Breakdowns, long windows, and deep or filtered histories of players with many wagers. */
    OF_WAGERS("wager-costly-reads"),
    /** Exports and groups of dead letters, and searches for text in them. */
    OF_DEAD_LETTERS("wager-costly-dead-letter-reads");

    private final String bulkhead;

    CostlyRead(String bulkhead) {
        this.bulkhead = bulkhead;
    }

    /** The instance of {@code resilience4j.bulkhead}. */
    String bulkhead() {
        return bulkhead;
    }
}
