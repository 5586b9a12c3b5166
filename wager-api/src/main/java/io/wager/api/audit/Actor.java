package io.wager.api.audit;

import io.wager.api.access.Caller;
import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * The person who acts. With access control, the credentials prove who it is, and the request's own claim does not count. Without access
 * control it is the request's claim, marked as unproved.
 *
 * @param name 1 to {@value #MAX_UNITS} UTF-16 units
 */
public record Actor(String name) {

    /** The header that names the actor. */
    public static final String HEADER = "X-Actor";

    private static final int MAX_UNITS = Caller.MAX_NAME_UNITS;
    /** Behind a name that only the request itself vouches for. */
    private static final String UNPROVED = " (unproved)";

    private static final int MAX_CLAIMED_UNITS = MAX_UNITS - UNPROVED.length();
    private static final Actor ANONYMOUS = new Actor("anonymous");

    /**
     * The actor of a request.
     *
     * @param request the request
     * @return the caller; without access control the one named, marked, or {@code anonymous}
     * @throws ProblemException with status 400 if the header counts and can't be a name
     */
    public static Actor of(HttpServletRequest request) {
        var caller = Caller.of(request);
        return caller == null ? claimed(request) : new Actor(caller.name());
    }

    private static Actor claimed(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(HEADER));
        if (values.isEmpty()) {
            return ANONYMOUS;
        }
        if (values.size() > 1) {
            throw fault("repeated", "stands more than once");
        }
        var name = text(values.getFirst()).strip();
        if (name.isEmpty()) {
            throw fault("blank", "must not be blank");
        }
        if (name.length() > MAX_CLAIMED_UNITS) {
            throw fault("too-long", "has more than " + MAX_CLAIMED_UNITS + " UTF-16 units");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw fault("illegal-character", "has a control character");
        }
        return new Actor(name + UNPROVED);
    }

    /** The server reads headers as ISO 8859-1; clients send names in UTF-8 more often. */
    private static String text(String header) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }

    private static ProblemException fault(String code, String detail) {
        return new ProblemException(
                ProblemType.INVALID_PARAMETERS,
                "See errors for every parameter that is wrong.",
                List.of(ProblemError.inParameter(HEADER, code, detail)));
    }
}
