package io.wager.api.repair;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the work on dead letters.
 *
 * @param claimTime how long a letter is held for a requeue that began and has no outcome; more than twice
 *     {@code wager.publish.confirm-timeout}, up to a day
 */
@ConfigurationProperties("wager.dead-letters")
public record DeadLetterProperties(@DefaultValue("60s") Duration claimTime) {

    private static final Duration MOST = Duration.ofDays(1);

    /** Refuses what can't work. */
    public DeadLetterProperties {
        if (!claimTime.isPositive() || claimTime.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "wager.dead-letters.claim-time must be positive and at most a day, not " + claimTime);
        }
    }
}
