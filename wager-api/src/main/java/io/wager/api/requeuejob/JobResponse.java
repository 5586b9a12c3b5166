package io.wager.api.requeuejob;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job.
 *
 * @param jobId its id
 * @param status {@code running}, {@code paused}, {@code stopped}, {@code cancelled} or {@code completed}
 * @param createdAt when it was made
 * @param createdBy by whom
 * @param reason the reason given
 * @param selection what it is about, as it was asked for
 * @param ratePerSecond the most messages in a second
 * @param canary how many must be resolved before the others go
 * @param stopWhenFailedShare the share of settled letters that may fail again
 * @param isSelected whether all its letters are found
 * @param statusChangedAt since when it has its status
 * @param stopReason why it was stopped
 * @param finishedAt when nothing of it was under way any more
 * @param progress how far it is; absent in lists
 */
record JobResponse(
        UUID jobId,
        String status,
        Instant createdAt,
        String createdBy,
        @Nullable String reason,

        @JsonRawValue String selection,
        @Nullable Integer ratePerSecond,
        @Nullable Integer canary,
        @Nullable BigDecimal stopWhenFailedShare,
        boolean isSelected,
        Instant statusChangedAt,
        @Nullable String stopReason,
        @Nullable Instant finishedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ProgressResponse progress) {

    static JobResponse of(Job job, @Nullable ProgressResponse progress) {
        return new JobResponse(
                job.id(),
                job.status().wireForm(),
                job.createdAt(),
                job.createdBy(),
                job.note(),
                job.selection(),
                job.ratePerSecond(),
                job.canary(),
                job.stopWhenFailedShare() == null
                        ? null
                        : job.stopWhenFailedShare().stripTrailingZeros(),
                job.isSelected(),
                job.statusChangedAt(),
                job.stopReason(),
                job.finishedAt(),
                progress);
    }
}
