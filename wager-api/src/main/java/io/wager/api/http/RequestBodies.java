package io.wager.api.http;

import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

/**
 * Reads bodies up to a limit, in any transfer form, within their memory and time (see {@link MemoryBudget} and {@code
 * wager.http.body-timeout}). Never holds more than the limit and a byte.
 */
public final class RequestBodies {

    private RequestBodies() {}

    /**
     * The whole body.
     *
     * @param request the request
     * @param limit the most bytes
     * @return its bytes, inflated if they were gzip
     * @throws ProblemException with status 413 if it is larger, judged by its length before a byte of it is read, or when it has inflated
     *     to the limit; with status 415 if it has another coding; with status 400 if it ends too early, or is malformed gzip; with status
     *     408 if it does not arrive in time; with status 503 if the memory for bodies is used up, judged by its length, if known, before a
     *     byte of it is read
     */
    public static byte[] read(HttpServletRequest request, DataSize limit) {
        return IncomingBody.of(request).read(limit);
    }

    /**
     * An optional body.
     *
     * @param request the request
     * @param limit the most bytes
     * @return its properties; none if there is no body
     * @throws ProblemException as {@link #read}; with status 415 if there is a body of another type than JSON
     */
    public static RequestObject readOptionalObject(HttpServletRequest request, DataSize limit) {
        var body = read(request, limit);
        if (body.length == 0) {
            return RequestObject.empty();
        }
        if (!isJson(request.getContentType())) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json, or absent.");
        }
        return RequestObject.read(body);
    }

    private static boolean isJson(@Nullable String contentType) {
        try {
            return contentType != null
                    && MediaType.APPLICATION_JSON.isCompatibleWith(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
