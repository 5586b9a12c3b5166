package io.wager.api.security;

/** Why a request is not let in. */
enum Refusal {
    /** It has no credentials, and the operation needs some. */
    MISSING,
    /** Its headers hold several credentials, or a kind that is not taken. */
    UNUSABLE,
    /** The key is unknown, or its secret is wrong. */
    UNKNOWN,
    /** The key is revoked. */
    REVOKED,
    /** The key or the token has expired. */
    EXPIRED,
    /** The key must not be used from there. */
    NETWORK,
    /** The token is not valid. */
    TOKEN,
    /** The identity provider's keys could not be had. */
    PROVIDER,
    /** The caller is known and has none of the roles. */
    ROLE,
    /** The path is written in a way that could mean two things. */
    PATH
}
