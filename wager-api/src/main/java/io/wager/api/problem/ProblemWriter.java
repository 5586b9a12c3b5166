package io.wager.api.problem;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.api.request.RequestTrace;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Answers requests with problems. Writes by itself, past content negotiation: a client that accepts nothing we have still
 * learns why, and the server's own errors come out in the same form.
 */
public final class ProblemWriter {

    /** What the answer to a request without valid credentials asks for (RFC 6750). */
    public static final String CHALLENGE = "Bearer realm=\"wager\"";

    private static final JsonMapper JSON = new JsonMapper();

    private ProblemWriter() {}

    static void write(HttpServletRequest request, HttpServletResponse response, ProblemType type, String detail)
            throws IOException {
        write(request, response, new ProblemException(type, detail));
    }

    /**
     * Answers a request with a problem.
     *
     * @param request the request
     * @param response its answer, of which nothing is sent yet
     * @param exception the problem
     * @throws IOException if the client went away
     */
    public static void write(HttpServletRequest request, HttpServletResponse response, ProblemException exception)
            throws IOException {
        if (exception.type() == ProblemType.UNAUTHENTICATED && !response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        if (exception.type().isRetryable()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(exception.retryAfterSeconds()));
        }
        if (exception.type() == ProblemType.UNSUPPORTED_CONTENT_CODING) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, AcceptEncoding.VALUE);
        }
        send(response, exception.problem(instance(request), traceId(request)));
    }

    /** The problem that a bare status is, one that somebody set without saying more. */
    static void write(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        switch (status) {
            case 400 -> write(request, response, ProblemType.BAD_REQUEST, "The server could not read the request.");
            case 404 -> write(request, response, ProblemType.NOT_FOUND, "This path does not exist.");
            case 405 ->
                write(request, response, ProblemType.METHOD_NOT_ALLOWED, "The server does not take this method.");
            case 408 -> write(request, response, ProblemType.BODY_TOO_SLOW, "The body did not arrive in time.");
            case 413 -> write(request, response, ProblemType.CONTENT_TOO_LARGE, "The body is larger than allowed.");
            case 500 -> write(request, response, ProblemType.INTERNAL_ERROR, "The failure is in the service's log.");
            default -> send(response, blank(request, status));
        }
    }

    private static Problem blank(HttpServletRequest request, int status) {
        var known = HttpStatus.resolve(status);
        return new Problem(
                "about:blank",
                known == null ? "Error" : known.getReasonPhrase(),
                status,
                "The request ended with status " + status + ".",
                instance(request),
                traceId(request),
                List.of());
    }

    private static void send(HttpServletResponse response, Problem problem) throws IOException {
        var bytes = JSON.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(bytes.length);
        // No cache may answer a retry with the failure of an earlier attempt.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Also where the server answers before any filter.
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(bytes);
    }

    /** The path as it was sent. An error dispatch has a path of its own and keeps the first one aside. */
    private static String instance(HttpServletRequest request) {
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
                ? original
                : request.getRequestURI();
        return path == null ? "" : path;
    }

    private static String traceId(HttpServletRequest request) {
        return RequestTrace.of(request).traceId();
    }
}
