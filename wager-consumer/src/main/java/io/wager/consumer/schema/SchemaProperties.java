package io.wager.consumer.schema;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.validation.annotation.Validated;

/**
 * What this process does about the schema.
 *
 * @param migrate whether it brings the schema to the newest version at start; else it waits until somebody has
 * @param migrateAndExit a one-shot run: migrates, consumes nothing, serves nothing, and ends with 0, or with 1 and the reason
 * @param deadline how long a one-shot run waits for the database; from 1 s. A service waits for ever
 * @param minBackoff first wait between looks at the database; doubles up to {@code maxBackoff}; from 10 ms
 * @param maxBackoff longest wait between looks at the database; from 10 ms
 */
@ConfigurationProperties("wager.schema")
@Validated
public record SchemaProperties(
        @DefaultValue("false") boolean migrate,
        @DefaultValue("false") boolean migrateAndExit,
        @DefaultValue("5m") @DurationMin(seconds = 1) Duration deadline,
        @DefaultValue("500ms") @DurationMin(millis = 10) Duration minBackoff,
        @DefaultValue("10s") @DurationMin(millis = 10) Duration maxBackoff) {

    /** Checks what no annotation can. */
    public SchemaProperties {
        if (minBackoff.compareTo(maxBackoff) > 0) {
            throw new IllegalArgumentException("wager.schema.max-backoff must be at least wager.schema.min-backoff");
        }
    }

    /**
     * Tells whether this is a one-shot run, before anything is made of the properties.
     *
     * @param environment where the properties are
     * @return whether {@code migrate-and-exit} is true
     */
    public static boolean isOneShot(Environment environment) {
        return environment.getProperty("wager.schema.migrate-and-exit", Boolean.class, false);
    }
}
