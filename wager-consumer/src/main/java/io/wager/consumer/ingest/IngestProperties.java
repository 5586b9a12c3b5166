package io.wager.consumer.ingest;

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
 * How wagers are taken off the queue.
 *
 * @param batchSize most messages that are stored in one transaction, 1 to 1,000: the prefetch is two batches, and
 *     quorum queues allow 2,000
 * @param batchBytes most bytes of message bodies that are stored in one transaction, from 1; a larger message is stored alone. By
 *     default 16 MB, or a sixteenth of the largest heap if that is less
 * @param batchWait longest wait of a batch that is not full for more messages after its first; it adds to the time from
 *     accepted to queryable under low load
 * @param concurrency how many batches this instance stores at once
 */
@Validated
@ConfigurationProperties("wager.ingest")
public record IngestProperties(
        @DefaultValue("500") @Min(1) @Max(1000) int batchSize,
        @Nullable DataSize batchBytes,

        @DefaultValue("20ms") @DurationMin(millis = 1) @DurationMax(seconds = 10)
        Duration batchWait,

        @DefaultValue("1") @Min(1) @Max(64) int concurrency) {}
