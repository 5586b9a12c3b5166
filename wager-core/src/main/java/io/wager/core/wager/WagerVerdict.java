package io.wager.core.wager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of reading one wager. */
public sealed interface WagerVerdict {

    /**
     * A wager that may be kept.
     *
     * @param wager the wager
     */
    record Valid(Wager wager) implements WagerVerdict {}

    /**
     * JSON that is no valid wager.
     *
     * @param wagerId the id, where one could be read
     * @param accountId the player, where one could be read
     * @param faults every fault, in the order of the contract's table; at least one
     */
    record Invalid(@Nullable WagerId wagerId, @Nullable AccountId accountId, List<Fault> faults)
            implements WagerVerdict {

        /** Copies the faults. */
        public Invalid {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Not JSON.
     *
     * @param detail what is wrong and where, fit for a client
     */
    record Malformed(String detail) implements WagerVerdict {}
}
