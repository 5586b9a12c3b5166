package io.wager.api.http;

import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

/** Reads bodies up to a limit, however they are sent. Never holds more than the limit and a byte. */
public final class RequestBodies {

    private RequestBodies() {}

    /**
     * The whole body.
     *
     * @param request the request
     * @param limit the most bytes
     * @return its bytes
     * @throws ProblemException with status 413 if it is larger, told by its length before a byte of it is read; with status
     *     400 if it ends too early
     */
    public static byte[] read(HttpServletRequest request, DataSize limit) {
        var length = request.getContentLengthLong();
        if (length > limit.toBytes()) {
            throw tooLarge(limit);
        }
        // A body that tells its length gets an array of that length, and Tomcat sees to it that no more comes.
        var most = Math.toIntExact(length < 0 ? limit.toBytes() + 1 : length);
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(most);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The body ended before it was complete.");
        }
        if (body.length > limit.toBytes()) {
            throw tooLarge(limit);
        }
        return body;
    }

    /**
     * A body that may be left out.
     *
     * @param request the request
     * @param limit the most bytes
     * @return its properties; none if there is no body
     * @throws ProblemException as {@link #read}; with status 415 if there is a body that does not come as JSON
     */
    public static RequestObject readOptionalObject(HttpServletRequest request, DataSize limit) {
        var body = read(request, limit);
        if (body.length == 0) {
            return RequestObject.empty();
        }
        if (!isJson(request.getContentType())) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must come as application/json, or be left out.");
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

    private static ProblemException tooLarge(DataSize limit) {
        return new ProblemException(
                ProblemType.CONTENT_TOO_LARGE, "The body may have up to " + limit.toBytes() + " bytes.");
    }
}
