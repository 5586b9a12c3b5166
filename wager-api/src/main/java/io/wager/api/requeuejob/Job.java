package io.wager.api.requeuejob;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job's row. */
record Job(
        long sequence,
        UUID id,
        JobStatus status,
        Instant createdAt,
        String createdBy,
        @Nullable String note,
        String selection,
        @Nullable Integer ratePerSecond,
        @Nullable Integer canary,
        @Nullable BigDecimal stopWhenFailedShare,
        long selectUpTo,
        long selectedThrough,
        boolean isSelected,
        Instant statusChangedAt,
        @Nullable String stopReason,
        @Nullable Instant finishedAt) {}
