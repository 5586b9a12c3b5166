package io.wager.api.welcome;

/**
 * What this service is, and where to go from here.
 *
 * @param name the service's name
 * @param description what it does
 * @param links where to go
 */
record Welcome(String name, String description, Links links) {

    /**
     * Paths on this server.
     *
     * @param ui the page of the interface, for people
     * @param openapi the interface's description, for programs
     * @param liveness whether the process works
     * @param readiness whether it can take wagers and answer reads
     * @param metrics in the format of Prometheus
     */
    record Links(String ui, String openapi, String liveness, String readiness, String metrics) {}
}
