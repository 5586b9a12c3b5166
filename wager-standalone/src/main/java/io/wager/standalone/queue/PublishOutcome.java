package io.wager.standalone.queue;

import io.wager.core.messaging.PublishFailedException.Reason;
import java.util.Locale;

/** How a publish ended, by the names that the meters of every transport use. */
enum PublishOutcome {
    CONFIRMED,
    NACKED,
    RETURNED,
    UNCONFIRMED,
    UNREACHABLE,
    BLOCKED,
    SATURATED;

    static PublishOutcome of(Reason reason) {
        return switch (reason) {
            case REFUSED -> NACKED;
            case UNROUTABLE -> RETURNED;
            case UNCONFIRMED -> UNCONFIRMED;
            case UNREACHABLE -> UNREACHABLE;
            case BLOCKED -> BLOCKED;
            case SATURATED -> SATURATED;
        };
    }

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
