package io.wager.api.deadletter;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as lists show it. What it says of the failure is of the last one.
 *
 * @param id the dead letter
 * @param status as {@link io.wager.core.deadletter.DeadLetterStatus} is spelt
 * @param reason the dead-letter reason, as messages spell it
 * @param fingerprint the group: 16 hexadecimal digits
 * @param title what the group is called: the message without what differs from case to case
 * @param exceptionType the kind of failure
 * @param exceptionMessage what happened
 * @param wagerId the wager, if the body says it
 * @param accountId the player, if the body says it
 * @param provider the provider, if the body says it
 * @param attempts how many failures are known
 * @param requeues how many requeues were begun
 * @param edits how many edits there are; the last is what a requeue sends
 * @param firstFailedAt when it failed first
 * @param lastFailedAt when it failed last
 * @param archivedAt when it was archived
 * @param statusChangedAt when it came into its status
 * @param jobId the unfinished requeue job that has selected it
 */
record DeadLetterItem(
        UUID id,
        String status,
        String reason,
        String fingerprint,
        String title,
        String exceptionType,
        String exceptionMessage,
        @Nullable UUID wagerId,
        @Nullable UUID accountId,
        @Nullable String provider,
        int attempts,
        int requeues,
        int edits,
        Instant firstFailedAt,
        Instant lastFailedAt,
        Instant archivedAt,
        Instant statusChangedAt,
        @Nullable UUID jobId) {}
