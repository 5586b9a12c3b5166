package io.wager.api.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wagers by group.
 *
 * @param by what the groups are
 * @param groups highest turnover first, ties by group; days in ascending order
 */
record BreakdownResponse(String by, List<Group> groups) {

    /**
     * One group.
     *
     * @param group its name; null for the wagers without a theme or country
     * @param provider the game's provider; absent for other groups
     * @param wagers how many there are
     * @param players how many distinct players they are of
     * @param turnover the sum of their amounts, exact
     */
    record Group(
            @Nullable String group,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String provider,

            long wagers,
            long players,
            BigDecimal turnover) {}
}
