package io.wager.consumer.watchdog;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the watchdog checks.
 *
 * @param interval time between two checks, from 100 ms
 * @param stalledAfter how long a batch in hand may make no progress, from 1 s. By default the sum of the time limits
 *     of all its statements
 */
@Validated
@ConfigurationProperties("wager.watchdog")
public record WatchdogProperties(
        @DefaultValue("10s") @DurationMin(millis = 100) Duration interval,
        @Nullable @DurationMin(seconds = 1) Duration stalledAfter) {}
