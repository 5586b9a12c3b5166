package io.wager.api.deadletter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gauges of dead letters are read.
 *
 * @param interval how often the gauges are read from the database, from 1 s
 */
@ConfigurationProperties("wager.dead-letters.gauges")
record DeadLetterGaugeProperties(@DefaultValue("15s") Duration interval) {

    private static final Duration LEAST = Duration.ofSeconds(1);

    DeadLetterGaugeProperties {
        if (interval.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "wager.dead-letters.gauges.interval must be at least 1s, not " + interval);
        }
    }
}
