package io.wager.api.drain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service stops.
 *
 * @param readinessDelay how long requests are still taken after readiness has turned false; from 0, and shorter than
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}
 */
@ConfigurationProperties("wager.shutdown")
public record ShutdownProperties(@DefaultValue("5s") Duration readinessDelay) {

    /** Refuses what can't work. */
    public ShutdownProperties {
        if (readinessDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "wager.shutdown.readiness-delay must not be negative, and is " + readinessDelay);
        }
    }
}
