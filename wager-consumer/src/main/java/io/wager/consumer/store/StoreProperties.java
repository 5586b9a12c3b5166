package io.wager.consumer.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the store uses its database.
 *
 * @param lockTimeout longest wait for another transaction's lock before the batch is given up and tried again; from 100 ms
 * @param queryTimeout longest time of one statement, in whole seconds; from 1 s. Put a larger socket timeout into the JDBC URL
 *     too, because a query timeout needs a server that answers
 * @param rememberedGames games whose ids are kept in memory, 1 to 1,000,000; about 300 bytes each
 */
@ConfigurationProperties("wager.store")
@Validated
public record StoreProperties(
        @DefaultValue("5s") @DurationMin(millis = 100) Duration lockTimeout,
        @DefaultValue("30s") @DurationMin(seconds = 1) Duration queryTimeout,
        @DefaultValue("20000") @Min(1) @Max(1_000_000) int rememberedGames) {}
