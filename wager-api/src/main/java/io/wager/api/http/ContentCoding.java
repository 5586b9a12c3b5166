package io.wager.api.http;

import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** How a body comes (RFC 9110, section 8.4). */
enum ContentCoding {
    /** As it is. */
    IDENTITY,
    /** Compressed. */
    GZIP;

    /**
     * The coding of a request's body.
     *
     * @param request the request
     * @return its coding
     * @throws ProblemException with status 415 if it is another, or a list of them
     */
    static ContentCoding of(HttpServletRequest request) {
        var codings = String.join(",", Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
        return switch (codings.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            default ->
                throw new ProblemException(
                        ProblemType.UNSUPPORTED_CONTENT_CODING, "The body must be gzip or uncompressed.");
        };
    }
}
