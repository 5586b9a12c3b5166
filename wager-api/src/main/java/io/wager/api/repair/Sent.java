package io.wager.api.repair;

import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The result of publishing one requeue.
 *
 * @param requeueing the requeue
 * @param failure why its message is not known to be durable; null if it is durable
 */
public record Sent(Requeueing requeueing, @Nullable Throwable failure) {

    /**
     * Says whether the message is durable.
     *
     * @return false if it is not, or not known to be
     */
    public boolean isDurable() {
        return failure == null;
    }

    /**
     * Says whether the transport as a whole is at fault, so that the failure says nothing about this message.
     *
     * @return true if it is away, blocked, too busy, or did not answer
     */
    public boolean isTransportAway() {
        return failure instanceof PublishFailedException known
                && switch (known.reason()) {
                    case UNREACHABLE, BLOCKED, UNCONFIRMED, SATURATED -> true;
                    case REFUSED, UNROUTABLE -> false;
                };
    }

    /**
     * The failure in the spelling of events and the audit.
     *
     * @return lower-case words joined by hyphens; {@code fault} for unforeseen failures
     */
    public String failureCode() {
        return failure instanceof PublishFailedException known ? code(known.reason()) : "fault";
    }

    private static String code(Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> "broker-unreachable";
            case BLOCKED -> "broker-blocked";
            case REFUSED -> "broker-refused";
            case UNROUTABLE -> "broker-unroutable";
            case UNCONFIRMED -> "broker-unconfirmed";
            case SATURATED -> "broker-saturated";
        };
    }
}
