package io.wager.bench.speed;

import java.util.List;

/**
 * Something that is measured together with its limit, so that both meet the same machine in the same minute. Used by one
 * thread.
 */
public interface Experiment extends AutoCloseable {

    /** What people name it by, in lower case with hyphens: {@code http}, {@code drain}. */
    String name();

    /** Whether it takes so long that it is run only where it is asked for. */
    default boolean isLong() {
        return false;
    }

    /** What its values are compared with, in the order of the table. */
    List<Comparison> comparisons();

    /** Starts what it needs, before the first round. */
    void prepare() throws Exception;

    /**
     * Measures everything once, limits and our own in turn.
     *
     * @param round from 0; what leads changes places by it, so that no side always has the warmer machine
     * @param measurements takes the values
     */
    void measure(int round, Measurements measurements) throws Exception;

    /** Ends what it started. */
    @Override
    void close();
}
