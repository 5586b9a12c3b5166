package io.wager.api.security.key;

import io.wager.api.access.Caller;

/** What became of looking at a key. */
public sealed interface KeyVerdict {

    /**
     * The key is valid.
     *
     * @param caller whose it is
     */
    record Valid(Caller caller) implements KeyVerdict {}

    /**
     * The key lets nobody in.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements KeyVerdict {}

    /** Why a key lets nobody in. All but the first are told only to who has the secret. */
    enum Reason {
        /** It is no key, or nobody's, or its secret is wrong. */
        UNKNOWN,
        /** It was revoked. */
        REVOKED,
        /** Its time is over. */
        EXPIRED,
        /** It came from an address where it must not be used. */
        NETWORK
    }
}
