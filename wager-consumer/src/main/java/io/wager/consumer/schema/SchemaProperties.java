package io.wager.consumer.schema;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.validation.annotation.Validated;

/**
 * How this process treats the schema.
 *
 * @param migrate whether it migrates the schema to the newest version at start; else it waits for that version
 * @param migrateAndExit a one-shot run: migrates, consumes nothing, serves nothing, and ends with 0, or with 1 and the reason
 * @param deadline how long a one-shot run waits for the database; from 1 s. A service waits for ever
 * @param minBackoff first wait between checks of the database; doubles up to {@code maxBackoff}; from 10 ms
 * @param maxBackoff longest wait between checks of the database; from 10 ms
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
     * Says whether this is a one-shot run, before the properties are bound.
     *
     * @param environment the source of the properties
     * @return whether {@code migrate-and-exit} is true
     */
    public static boolean isOneShot(Environment environment) {
        return environment.getProperty("wager.schema.migrate-and-exit", Boolean.class, false);
    }
}
