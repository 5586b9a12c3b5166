package io.wager.cli.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server said about one wager. */
public sealed interface Receipt {

    /** The wager is durable. */
    record Accepted() implements Receipt {}

    /**
     * The wager breaks rules; sending it again is of no use.
     *
     * @param wagerId its id, where the server could read one
     * @param faults all that is wrong; at least one
     */
    record Rejected(@Nullable String wagerId, List<Answer.Fault> faults) implements Receipt {

        /** Copies the faults. */
        public Rejected {
            faults = List.copyOf(faults);
        }
    }

    /**
     * The wager is not known to be durable.
     *
     * @param isRetryable whether sending it again unchanged may help
     * @param reason what happened, for a person
     */
    record Failed(boolean isRetryable, String reason) implements Receipt {}
}
