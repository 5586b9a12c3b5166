package io.wager.api.problem;

import io.wager.api.database.DatabaseHeldOffException;
import io.wager.api.database.FailedReads;
import io.wager.api.schema.SchemaPoller;
import io.wager.service.database.DatabaseFaults;
import io.wager.service.database.FaultKind;
import io.wager.service.database.UnquotedFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/** The one place where exceptions of the handlers become problems. */
@RestControllerAdvice
final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final SchemaPoller schema;
    private final FailedReads reads;

    ProblemAdvice(SchemaPoller schema, FailedReads reads) {
        this.schema = schema;
        this.reads = reads;
    }

    @ExceptionHandler
    void problem(ProblemException exception, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemWriter.write(request, response, exception);
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    void noSuchPath(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemWriter.write(request, response, ProblemType.NOT_FOUND, "This path does not exist.");
    }

    @ExceptionHandler
    void methodNotAllowed(
            HttpRequestMethodNotSupportedException exception, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        copyHeaders(exception, response);
        var allowed = exception.getSupportedHttpMethods();
        var detail = allowed == null
                ? "This path does not take this method."
                : "This path takes "
                        + allowed.stream().map(Object::toString).sorted().collect(Collectors.joining(", ")) + ".";
        ProblemWriter.write(request, response, ProblemType.METHOD_NOT_ALLOWED, detail);
    }

    @ExceptionHandler
    void notAcceptable(
            HttpMediaTypeNotAcceptableException exception, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var available = exception.getSupportedMediaTypes();
        var detail = available.isEmpty()
                ? "The Accept header can't be parsed, or names no media type of this path."
                : "The answer is available as " + MediaType.toString(available) + ".";
        ProblemWriter.write(request, response, ProblemType.NOT_ACCEPTABLE, detail);
    }

    @ExceptionHandler
    void unsupportedMediaType(
            HttpMediaTypeNotSupportedException exception, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        copyHeaders(exception, response);
        var detail = "The body must be " + MediaType.toString(exception.getSupportedMediaTypes()) + ".";
        ProblemWriter.write(request, response, ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }

    /**
     * Wagers never touch the database here. Whatever fails on it is an outage to the client, who can do nothing but come again; only
     * what it refuses for its content, and what is no error of the database at all, is a fault of the service.
     */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    void database(RuntimeException exception, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (isUnavailable(exception) && !response.isCommitted()) {
            reads.tell(request.getRequestURI(), exception);
            ProblemWriter.write(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.DATABASE_UNAVAILABLE,
                            "The database can't be used now. Wagers are still accepted.",
                            retryAfterSeconds(exception)));
        } else {
            failed(exception, request, response);
        }
    }

    @ExceptionHandler
    void failed(Exception exception, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
            LOG.debug("the client went away before it had its answer", exception);
        } else if (response.isCommitted()) {
            // Too late for a problem. The server cuts the connection then, or half an answer would look like a whole
            // one.
            LOG.error(
                    "answer cut off method={} path={}",
                    request.getMethod(),
                    request.getRequestURI(),
                    UnquotedFailure.of(exception));
            // Tomcat logs what it gets.
            throw UnquotedFailure.of(exception);
        } else if (exception instanceof ErrorResponse known
                && known.getStatusCode().value() != 500) {
            copyHeaders(known, response);
            ProblemWriter.write(request, response, known.getStatusCode().value());
        } else {
            LOG.error(
                    "request failed method={} path={}",
                    request.getMethod(),
                    request.getRequestURI(),
                    UnquotedFailure.of(exception));
            ProblemWriter.write(request, response, ProblemType.INTERNAL_ERROR, "The failure is in the service's log.");
        }
    }

    private boolean isUnavailable(RuntimeException exception) {
        return !schema.isReady()
                || (DatabaseFaults.errorOf(exception) == null ? isPassing(exception) : !isRefused(exception));
    }

    /** Requests do not race for keys, as the consumer's batches do: one that is there already is there the next time as well. */
    private static boolean isRefused(RuntimeException exception) {
        return DatabaseFaults.kindOf(exception) == FaultKind.DATA || DatabaseFaults.isDuplicateKey(exception);
    }

    /** What Spring found by itself, as a transaction that was not begun in time. */
    private static boolean isPassing(RuntimeException exception) {
        return exception instanceof TransientDataAccessException
                || exception instanceof RecoverableDataAccessException
                || exception instanceof DataAccessResourceFailureException
                || exception instanceof TransactionException;
    }

    private static int retryAfterSeconds(Exception exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseHeldOffException heldOff) {
                return heldOff.retryAfterSeconds();
            }
        }
        return RetryAfter.LEAST_SECONDS;
    }

    private static void copyHeaders(ErrorResponse source, HttpServletResponse response) {
        HttpHeaders headers = source.getHeaders();
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }
}
