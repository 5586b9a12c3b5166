package io.wager.api.problem;

/** The codings that bodies may have. */
public final class AcceptEncoding {

    /** The {@code Accept-Encoding} header of the answer to a body in another coding (RFC 9110, section 15.5.16). */
    public static final String VALUE = "gzip, identity";

    private AcceptEncoding() {}
}
