package io.wager.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An RFC 9457 problem.
 *
 * @param type the {@code type} member: a URN of {@link ProblemType}, or {@code about:blank} if there is no more than the status
 * @param title the kind of problem, the same for all of its type
 * @param status the HTTP status
 * @param detail what happened in this case, fit for a client: no stack trace, no SQL, no class name
 * @param instance the path of the request; for an item of a batch with its index as fragment
 * @param traceId the trace of the request, which the log has too
 * @param errors every fault, where there can be several
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String traceId,
        List<ProblemError> errors) {

    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies the errors. */
    public Problem {
        errors = List.copyOf(errors);
    }

    /**
     * A problem of the catalogue.
     *
     * @param type its type
     * @param detail what happened
     * @param instance where
     * @param traceId the trace
     * @param errors every fault
     * @return the problem
     */
    public static Problem of(
            ProblemType type, String detail, String instance, String traceId, List<ProblemError> errors) {
        return new Problem(type.uri(), type.title(), type.status(), detail, instance, traceId, errors);
    }
}
