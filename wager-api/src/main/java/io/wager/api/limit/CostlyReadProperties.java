package io.wager.api.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reads.
 *
 * @param costlyTimeout how long the statements of one costly read may take together, from 1 s to 10 min
 */
@ConfigurationProperties("wager.reads")
public record CostlyReadProperties(@DefaultValue("30s") Duration costlyTimeout) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Refuses what can't work. */
    public CostlyReadProperties {
        if (costlyTimeout.toSeconds() < 1 || costlyTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "wager.reads.costly-timeout must be from 1s to 10m, and is " + costlyTimeout);
        }
    }
}
