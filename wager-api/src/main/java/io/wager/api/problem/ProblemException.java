package io.wager.api.problem;

import java.util.List;

/** Ends the handling of a request with a problem of the catalogue. */
public final class ProblemException extends RuntimeException {

    private final ProblemType type;
    private final String detail;
    private final List<ProblemError> errors;
    private final int retryAfterSeconds;

    /**
     * A problem without a list of faults.
     *
     * @param type its type
     * @param detail what happened, fit for a client
     */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /**
     * A problem that passes.
     *
     * @param type its type, a retryable one
     * @param detail what happened, fit for a client
     * @param retryAfterSeconds when the same request may be sent again, from 1
     */
    public ProblemException(ProblemType type, String detail, int retryAfterSeconds) {
        this(type, detail, List.of(), retryAfterSeconds);
    }

    /**
     * A problem.
     *
     * @param type its type
     * @param detail what happened, fit for a client
     * @param errors every fault
     */
    public ProblemException(ProblemType type, String detail, List<ProblemError> errors) {
        this(type, detail, errors, RetryAfter.LEAST_SECONDS);
    }

    // No stack trace: this is an answer, made thousands of times a second when the broker is away.
    private ProblemException(ProblemType type, String detail, List<ProblemError> errors, int retryAfterSeconds) {
        super(detail, null, false, false);
        this.retryAfterSeconds = retryAfterSeconds;
        this.type = type;
        this.detail = detail;
        this.errors = List.copyOf(errors);
    }

    /**
     * The kind of problem.
     *
     * @return its type
     */
    public ProblemType type() {
        return type;
    }

    /**
     * When the same request may be sent again, if the type is a retryable one.
     *
     * @return seconds, from 1
     */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /**
     * The problem as answered.
     *
     * @param instance where it happened
     * @param traceId the request's trace
     * @return the problem
     */
    public Problem problem(String instance, String traceId) {
        return Problem.of(type, detail, instance, traceId, errors);
    }
}
