package io.wager.api.wager;

import io.wager.core.messaging.Partitions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The number of queues over which wagers are spread. It comes from the transport's own property.
 *
 * @param partitions how many, 1 to 256; 0 for the one queue that always exists
 */
@Validated
@ConfigurationProperties("wager.messaging")
public record Partitioning(
        @DefaultValue("0") @Min(0) @Max(Partitions.MOST) int partitions) {}
