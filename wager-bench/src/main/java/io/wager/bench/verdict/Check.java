package io.wager.bench.verdict;

import java.util.ArrayList;
import java.util.List;

/** Something that must be so, and what speaks against it. Used by one thread. */
public final class Check {

    private static final int NAMED = 50;

    private final String what;
    private final List<String> examples = new ArrayList<>();
    private long violations;

    /**
     * A check that nothing speaks against yet.
     *
     * @param what must be so
     */
    public Check(String what) {
        this.what = what;
    }

    /** Something that speaks against it. */
    public void violated(String by) {
        violations++;
        if (examples.size() < NAMED) {
            examples.add(by);
        }
    }

    /** Something that either holds or speaks against it. */
    public void hold(boolean holds, String otherwise) {
        if (!holds) {
            violated(otherwise);
        }
    }

    /** What must be so. */
    public String what() {
        return what;
    }

    /** How often it is not. */
    public long violations() {
        return violations;
    }

    /** The first that it is not so for. */
    public List<String> examples() {
        return List.copyOf(examples);
    }
}
