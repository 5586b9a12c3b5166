package io.wager.api.security;

/** Whether access is controlled. */
public enum SecurityMode {
    /** Whoever calls has to prove itself, and may do what its roles allow. */
    ENFORCED,
    /** Everybody who reaches the port may do everything. */
    NONE
}
