package io.wager.api.repair;

import io.wager.api.wager.ConfirmWait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The times by which a requeue goes, checked against each other. */
@Component
final class RequeueTimes {

    private final Clock clock;
    private final Duration claimTime;
    private final Duration publishWait;

    RequeueTimes(DeadLetterProperties properties, ConfirmWait confirmWait, Clock clock) {
        this.clock = clock;
        this.claimTime = properties.claimTime();
        this.publishWait = confirmWait.longest();
        // The last message of a batch may be published just before the wait is over, and takes as long again.
        if (claimTime.compareTo(publishWait.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("wager.dead-letters.claim-time must be at least twice"
                    + " wager.publish.confirm-timeout and two seconds more, or a claim could run out while its message"
                    + " is published: " + claimTime);
        }
    }

    Instant now() {
        return clock.instant();
    }

    Duration claimTime() {
        return claimTime;
    }

    Duration publishWait() {
        return publishWait;
    }
}
