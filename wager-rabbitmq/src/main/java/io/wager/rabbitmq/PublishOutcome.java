package io.wager.rabbitmq;

import io.wager.core.messaging.PublishFailedException.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a publish ended, as the meters count it. */
enum PublishOutcome {
    CONFIRMED(null),
    NACKED(Reason.REFUSED),
    RETURNED(Reason.UNROUTABLE),
    UNCONFIRMED(Reason.UNCONFIRMED),
    UNREACHABLE(Reason.UNREACHABLE),
    BLOCKED(Reason.BLOCKED),
    SATURATED(Reason.SATURATED);

    private final @Nullable Reason reason;

    PublishOutcome(@Nullable Reason reason) {
        this.reason = reason;
    }

    /** The reason of the failure, or null if it is none. */
    @Nullable
    Reason reason() {
        return reason;
    }

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
