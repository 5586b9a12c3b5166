package io.wager.api.audit;

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
 * The person who acts. Until access is controlled, the request names that person itself.
 *
 * @param name 1 to {@value #MAX_UNITS} UTF-16 units
 */
public record Actor(String name) {

    /** The header that names the actor. */
    public static final String HEADER = "X-Actor";

    private static final int MAX_UNITS = 200;
    private static final Actor ANONYMOUS = new Actor("anonymous");

    /**
     * The actor of a request.
     *
     * @param request the request
     * @return the one named, or {@code anonymous}
     * @throws ProblemException with status 400 if the header can't be a name
     */
    public static Actor of(HttpServletRequest request) {
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
        if (name.length() > MAX_UNITS) {
            throw fault("too-long", "has more than " + MAX_UNITS + " UTF-16 units");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw fault("illegal-character", "has a control character");
        }
        return new Actor(name);
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
