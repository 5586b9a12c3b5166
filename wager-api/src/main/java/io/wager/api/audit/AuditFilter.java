package io.wager.api.audit;

import io.wager.api.http.Days;
import org.jspecify.annotations.Nullable;

/** Which entries are asked for; null is any. */
record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        Days days) {}
