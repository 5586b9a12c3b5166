package io.wager.core.wager;

import java.util.List;

/** The result of reading a batch. */
public sealed interface BatchVerdict {

    /**
     * A batch whose wagers have verdicts one by one.
     *
     * @param verdicts one per wager, in the order sent; at least one
     */
    record Items(List<WagerVerdict> verdicts) implements BatchVerdict {

        /** Copies the verdicts. */
        public Items {
            verdicts = List.copyOf(verdicts);
        }
    }

    /**
     * Not a batch: no wager of it may be accepted.
     *
     * @param detail why, fit for a client
     */
    record Refused(String detail) implements BatchVerdict {}
}
