package io.wager.api.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Limits of one caller, in the place of those of its roles.
 *
 * @param wagers how many wagers it may send; null for what its role may
 * @param requests how many other requests it may make; null for what its roles may
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OwnLimits(@Nullable Quota wagers, @Nullable Quota requests) {

    /** Nothing of its own. */
    public static final OwnLimits NONE = new OwnLimits(null, null);
}
