package io.wager.api.problem;

import io.wager.core.messaging.PublishFailedException;
import java.util.Locale;

/** The catalogue of problems. Type and title are stable: clients may switch on the type. Described in docs/problems.md. */
public enum ProblemType {
    /** The body is not JSON. */
    MALFORMED_JSON(400, "The body is not well-formed JSON"),
    /** The body is declared as gzip, but is not, or not to its end. */
    MALFORMED_GZIP(400, "The body is not well-formed gzip"),
    /** The body is JSON but breaks rules; {@code errors} has all of them. */
    VALIDATION(400, "The body breaks rules of the contract"),
    /** The body is no batch of wagers; no wager of it was accepted. */
    INVALID_BATCH(400, "The body is not a batch of wagers"),
    /** Parameters of the path or query are wrong; {@code errors} has all of them. */
    INVALID_PARAMETERS(400, "Parameters of the request are not valid"),
    /** Not a request that HTTP allows. */
    BAD_REQUEST(400, "The request is not valid HTTP"),
    /** The request has no credentials, or none that are valid. */
    UNAUTHENTICATED(401, "Valid credentials are needed"),
    /** The caller is known, and may not do this. */
    FORBIDDEN(403, "The caller may not do this"),
    /** The path does not exist. */
    NOT_FOUND(404, "There is nothing at this path"),
    /** No wager of this id is stored. */
    WAGER_UNKNOWN(404, "This wager is unknown"),
    /** No dead letter of this id is archived. */
    DEAD_LETTER_UNKNOWN(404, "There is no such dead letter"),
    /** There is no job of this id. */
    REQUEUE_JOB_UNKNOWN(404, "There is no such requeue job"),
    /** The path exists, but not for this method. */
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    /** The answer is not available in any media type that the request accepts. */
    NOT_ACCEPTABLE(406, "The answer has none of the accepted media types"),
    /** The dead letter's state does not allow the action; {@code errors} has the reason as a code. */
    DEAD_LETTER_REFUSED(409, "The dead letter does not allow this now"),
    /** The job's status does not allow the action; {@code errors} has the reason as a code. */
    REQUEUE_JOB_REFUSED(409, "The requeue job does not allow this now"),
    /** The body did not arrive in time. */
    BODY_TOO_SLOW(408, "The body took too long"),
    /** The body is larger than allowed. */
    CONTENT_TOO_LARGE(413, "The body is too large"),
    /** The path does not take the body's media type. */
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported"),
    /** The body has a content coding that is not supported, or several. */
    UNSUPPORTED_CONTENT_CODING(415, "The body's content coding is not supported"),
    /** The caller has used up what it may send in a time, or its address failed to log in too often. */
    RATE_LIMITED(429, "Too many requests"),
    /** A fault of the service. */
    INTERNAL_ERROR(500, "The service failed"),
    /** There is no connection to the broker, or it broke before the broker confirmed. */
    BROKER_UNREACHABLE(503, "The broker is away"),
    /** The broker takes no messages now: a resource alarm. */
    BROKER_BLOCKED(503, "The broker takes no messages now"),
    /** The broker refused the message. */
    BROKER_REFUSED(503, "The broker refused the message"),
    /** The broker returned the message, since no queue is bound for it. */
    BROKER_UNROUTABLE(503, "The broker has no queue for the message"),
    /** The broker did not confirm in time. */
    BROKER_UNCONFIRMED(503, "The broker did not confirm in time"),
    /** Too many messages wait for confirms. */
    BROKER_SATURATED(503, "Too many messages are on their way"),
    /** The bodies in progress leave no memory for this one. */
    BODIES_SATURATED(503, "Too many bytes are in progress"),
    /** The database is away, or its schema is not there yet. */
    DATABASE_UNAVAILABLE(503, "The database is away"),
    /** A token can't be looked at, since the keys of its issuer can't be had. */
    IDENTITY_PROVIDER_UNAVAILABLE(503, "The identity provider is away"),
    /** As many costly reads are in progress as are let in at once. */
    READS_SATURATED(503, "Too many costly reads are in progress"),
    /** A costly read took longer than one may. */
    READ_TOO_SLOW(503, "The read took too long");

    private static final String URI_PREFIX = "urn:wager:problem:";

    private final int status;
    private final String title;
    private final String uri;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
        this.uri = URI_PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The HTTP status.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The kind of problem, for a person.
     *
     * @return the same for every problem of this type
     */
    public String title() {
        return title;
    }

    /**
     * The {@code type} member.
     *
     * @return a URN
     */
    public String uri() {
        return uri;
    }

    /**
     * Says whether the same request may succeed if sent again unchanged.
     *
     * @return true if the reason will pass by itself
     */
    public boolean isRetryable() {
        return status == 503 || status == 429;
    }

    /**
     * The problem type of a failed publishing.
     *
     * @param reason why publishing failed
     * @return the type
     */
    public static ProblemType of(PublishFailedException.Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> BROKER_UNREACHABLE;
            case BLOCKED -> BROKER_BLOCKED;
            case REFUSED -> BROKER_REFUSED;
            case UNROUTABLE -> BROKER_UNROUTABLE;
            case UNCONFIRMED -> BROKER_UNCONFIRMED;
            case SATURATED -> BROKER_SATURATED;
        };
    }
}
