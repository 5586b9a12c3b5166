package io.wager.api.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Dead letters by what is likely to be their cause; the {@code Link} header leads on.
 *
 * @param groups most open letters first, then the latest failure, then the fingerprint
 */
record DeadLetterGroups(List<Group> groups) {

    /**
     * One group.
     *
     * @param fingerprint what its letters have in common: 16 hexadecimal digits
     * @param title the message without what differs from case to case
     * @param reason the dead-letter reason
     * @param exceptionType the kind of failure
     * @param count how many letters it has
     * @param byStatus those of each status; every status is there
     * @param firstFailedAt the earliest last failure of a letter
     * @param lastFailedAt the latest
     * @param sampleId one of its letters, the latest that was archived
     */
    record Group(
            String fingerprint,
            String title,
            String reason,
            String exceptionType,
            long count,
            Map<String, Long> byStatus,
            Instant firstFailedAt,
            Instant lastFailedAt,
            UUID sampleId) {}
}
