package io.wager.api.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit.
 *
 * @param entries latest first
 */
record AuditResponse(List<Item> entries) {

    /**
     * One action of a person.
     *
     * @param at when
     * @param actor who
     * @param action what
     * @param target the dead letter or job
     * @param selection what a job was to work on, as it was asked for
     * @param reason the reason given
     * @param outcome what came of it
     * @param traceId the request's trace
     */
    record Item(
            Instant at,
            String actor,
            String action,
            @Nullable String target,

            @JsonRawValue @Nullable String selection,
            @Nullable String reason,
            String outcome,
            @Nullable String traceId) {}
}
