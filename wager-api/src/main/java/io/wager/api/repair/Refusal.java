package io.wager.api.repair;

import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.core.wager.Fault;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Why an action on a dead letter is refused. Its wire form is stable: clients may switch on it. */
public enum Refusal {
    /** It is requeued, resolved or discarded. */
    NOT_OPEN("It is not open: it is requeued, resolved or discarded."),
    /** A requeue of it is under way. */
    BEING_REQUEUED("It is being requeued at this moment, or another action on it was faster."),
    /** An unfinished job has it. */
    IN_ANOTHER_JOB("An unfinished requeue job has selected it."),
    /** The consumer does not know the schema version of its message. */
    UNSUPPORTED_VERSION("This API does not know the schema version of its message. An edited body has the known one."),
    /** Its body is not JSON. */
    UNDECODABLE("Its body is not JSON: edit it first."),
    /** Its body is no valid wager. */
    INVALID("Its body is not a valid wager: edit it first."),
    /** Its wagerId is stored with other content. */
    CONFLICT("Its wagerId is stored with other content, which is never overwritten."),
    /** Another person has edited it since. */
    STALE_EDIT("It was edited in the meantime: read it again."),
    /** Only a discarded letter, or a requeued one without an outcome, can be restored. */
    NOTHING_TO_RESTORE("It is neither discarded nor requeued."),
    /** It does not exist. */
    UNKNOWN("No dead letter of this id is archived.");

    private final String detail;

    Refusal(String detail) {
        this.detail = detail;
    }

    /**
     * The reason as HTTP answers, the audit and the database spell it.
     *
     * @return lower-case words joined by hyphens
     */
    public String wireForm() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The problem for the client; the faults of the wager follow the reason, if they are the cause. */
    ProblemException problem(List<Fault> faults) {
        if (this == UNKNOWN) {
            return new ProblemException(ProblemType.DEAD_LETTER_UNKNOWN, detail);
        }
        var errors = Stream.concat(
                        Stream.of(ProblemError.of(wireForm(), detail)),
                        faults.stream().map(ProblemError::of))
                .toList();
        return new ProblemException(ProblemType.DEAD_LETTER_REFUSED, detail, errors);
    }
}
