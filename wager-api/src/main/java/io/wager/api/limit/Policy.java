package io.wager.api.limit;

/** What is counted. The wire form names it in {@code RateLimit} and in meters. */
enum Policy {
    WAGERS("wagers"),
    REQUESTS("requests"),
    FAILED_LOGINS("failed-logins");

    private final String wireForm;

    Policy(String wireForm) {
        this.wireForm = wireForm;
    }

    String wireForm() {
        return wireForm;
    }
}
