package io.wager.core.wager;

import java.util.List;

/** What reading a batch gave. */
public sealed interface BatchVerdict {

    /**
     * A batch whose wagers can be looked at one by one.
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
     * Not a batch: nothing of it may be accepted.
     *
     * @param detail why, fit for a client
     */
    record Refused(String detail) implements BatchVerdict {}
}
