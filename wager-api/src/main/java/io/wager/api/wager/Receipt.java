package io.wager.api.wager;

import io.wager.api.problem.ProblemException;
import io.wager.core.wager.WagerId;
import org.jspecify.annotations.Nullable;

/** What became of one wager that was sent. */
sealed interface Receipt {

    /** The wager's id, where one could be read. */
    @Nullable
    WagerId wagerId();

    /** The wager is durable. */
    record Accepted(WagerId wagerId) implements Receipt {}

    /** The wager breaks rules: sending it again is of no use. */
    record Rejected(@Nullable WagerId wagerId, ProblemException problem) implements Receipt {}

    /** The wager is good, but not known to be durable: it may be sent again. */
    record Failed(WagerId wagerId, ProblemException problem) implements Receipt {}
}
