package io.wager.consumer.queue;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The rules of a wager that are configured. The API has the same; both services should be given the same values.
 *
 * @param maxClockSkew how far ahead of the clock a wager may have been created
 */
@Validated
@ConfigurationProperties("wager.validation")
public record ValidationProperties(
        @DefaultValue("5m") @DurationMin(seconds = 0) Duration maxClockSkew) {}
