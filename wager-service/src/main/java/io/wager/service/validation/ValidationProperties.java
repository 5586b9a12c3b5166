package io.wager.service.validation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the rules of a wager. Give both services the same values.
 *
 * @param maxClockSkew how far ahead of the clock a wager may have been created; not negative
 */
@ConfigurationProperties("wager.validation")
public record ValidationProperties(@DefaultValue("5m") Duration maxClockSkew) {

    /** Refuses what can't work. */
    public ValidationProperties {
        if (maxClockSkew.isNegative()) {
            throw new IllegalArgumentException(
                    "wager.validation.max-clock-skew must not be negative, and is " + maxClockSkew);
        }
    }
}
