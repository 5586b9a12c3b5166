package io.wager.api.wager;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a request waits for its wagers to be durable. It comes from the publisher's own property. A publisher always completes within
 * that time, so the small extra wait is only a safeguard.
 *
 * @param confirmTimeout the publisher's deadline; positive
 */
@ConfigurationProperties("wager.publish")
public record ConfirmWait(@DefaultValue("5s") Duration confirmTimeout) {

    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** Refuses what can't work. */
    public ConfirmWait {
        if (!confirmTimeout.isPositive()) {
            throw new IllegalArgumentException("wager.publish.confirm-timeout must be positive, not " + confirmTimeout);
        }
    }

    /**
     * How long to wait for a publisher at most.
     *
     * @return a little more than its own deadline
     */
    public Duration longest() {
        return confirmTimeout.plus(MARGIN);
    }
}
