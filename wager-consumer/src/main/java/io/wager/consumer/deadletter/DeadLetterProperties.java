package io.wager.consumer.deadletter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How dead letters are archived, and how long they are kept. Open and requeued ones are kept for ever.
 *
 * @param batchSize most dead letters that are archived in one transaction, 1 to 1,000
 * @param batchBytes most bytes of message bodies that are archived in one transaction, from 1; a larger message is archived
 *     alone. By default 16 MB, or a sixteenth of the largest heap if that is less
 * @param batchWait longest wait of a batch that is not full for more messages after its first, 1 ms to 10 s
 * @param concurrency how many batches this instance archives at once, 1 to 16
 * @param resolvedRetention how long a dead letter is kept after it was resolved; from 1 min
 * @param discardedRetention how long a dead letter is kept after it was discarded; from 1 min
 * @param retentionInterval how often expired letters are deleted; from 1 s
 * @param retentionBatchSize most dead letters that are deleted in one transaction, 1 to 1,000
 */
@Validated
@ConfigurationProperties("wager.dead-letters")
public record DeadLetterProperties(
        @DefaultValue("100") @Min(1) @Max(1000) int batchSize,
        @Nullable DataSize batchBytes,

        @DefaultValue("100ms") @DurationMin(millis = 1) @DurationMax(seconds = 10)
        Duration batchWait,

        @DefaultValue("1") @Min(1) @Max(16) int concurrency,
        @DefaultValue("30d") @DurationMin(minutes = 1) Duration resolvedRetention,
        @DefaultValue("90d") @DurationMin(minutes = 1) Duration discardedRetention,
        @DefaultValue("1m") @DurationMin(seconds = 1) Duration retentionInterval,
        @DefaultValue("500") @Min(1) @Max(1000) int retentionBatchSize) {}
