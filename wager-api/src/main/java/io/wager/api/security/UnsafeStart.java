package io.wager.api.security;

/** The service would let in everybody, or nobody. Spring Boot tells it by {@link UnsafeStartAnalyzer}, without a stack trace. */
final class UnsafeStart extends IllegalStateException {

    private final String action;

    /**
     * A start that must not be.
     *
     * @param fact what is wrong
     * @param action what mends it, with the names of the properties
     */
    UnsafeStart(String fact, String action) {
        super(fact);
        this.action = action;
    }

    String action() {
        return action;
    }
}
