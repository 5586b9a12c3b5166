package io.wager.api.welcome;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What this service is, and where to go from here.
 *
 * @param name the service's name
 * @param description what it does
 * @param links where to go
 */
record Welcome(String name, String description, Links links) {

    /**
     * Paths on this port.
     *
     * @param ui the page of the interface, for people; null if it is switched off
     * @param openapi the interface's description, for programs; null if it is switched off
     * @param liveness whether the process works
     * @param readiness whether it can take wagers and answer reads
     * @param metrics in the format of Prometheus; null if they have a port of their own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Links(
            @Nullable String ui,
            @Nullable String openapi,
            String liveness,
            String readiness,
            @Nullable String metrics) {}
}
