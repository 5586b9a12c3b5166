package io.wager.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.wager.core.wager.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One fault of a request, as listed in the {@code errors} of a problem. Has a pointer, or a parameter, or neither if the reason is in the
 * state of the target.
 *
 * @param pointer JSON Pointer into the body (of a batch: into the item); null for a parameter
 * @param parameter name of the path or query parameter or the header; null for the body
 * @param code the kind of fault, stable
 * @param detail what is wrong, for a person
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemError(
        @Nullable String pointer, @Nullable String parameter, String code, String detail) {

    /**
     * A fault of a wager.
     *
     * @param fault the fault
     * @return the same fault in the form of problems
     */
    public static ProblemError of(Fault fault) {
        return inBody(fault.pointer(), fault.code(), fault.detail());
    }

    /**
     * A fault of the body.
     *
     * @param pointer where
     * @param code the kind
     * @param detail what is wrong
     * @return the error
     */
    public static ProblemError inBody(String pointer, Fault.Code code, String detail) {
        return new ProblemError(pointer, null, code.wireForm(), detail);
    }

    /**
     * A reason outside the request.
     *
     * @param code the kind
     * @param detail what is wrong
     * @return the error
     */
    public static ProblemError of(String code, String detail) {
        return new ProblemError(null, null, code, detail);
    }

    /**
     * A fault of a parameter.
     *
     * @param parameter the parameter's name
     * @param code the kind
     * @param detail what is wrong
     * @return the error
     */
    public static ProblemError inParameter(String parameter, String code, String detail) {
        return new ProblemError(null, parameter, code, detail);
    }
}
