package io.wager.cli.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of a call gave.
 *
 * @param <T> what the call is for
 */
public sealed interface Answer<T> {

    /**
     * The call was answered.
     *
     * @param value the answer
     * @param retryAfter how long to wait before what failed in it is sent again; null where the server did not say
     */
    record Given<T>(T value, @Nullable Duration retryAfter) implements Answer<T> {}

    /**
     * The server is away or takes nothing for now: the same call may be made again.
     *
     * @param reason what happened, for a person
     * @param retryAfter how long to wait; null where the server did not say
     */
    record Away<T>(String reason, @Nullable Duration retryAfter) implements Answer<T> {}

    /**
     * The server failed at the call, which may be a moment's failure: the same call may be made again a few times.
     *
     * @param reason what was answered and where, for a person
     */
    record Failed<T>(String reason) implements Answer<T> {}

    /**
     * The call was refused for what it said, and changed nothing.
     *
     * @param faults why; at least one
     */
    record Refused<T>(List<Fault> faults) implements Answer<T> {

        /** Copies the faults. */
        public Refused {
            faults = List.copyOf(faults);
        }
    }

    /**
     * One reason for which something was refused.
     *
     * @param pointer where in the wager; empty for the wager as a whole
     * @param code the kind of fault
     * @param detail what is wrong, for a person; empty where the server did not say
     */
    record Fault(String pointer, String code, String detail) {

        /** Reads what the server may leave out. */
        @JsonCreator
        static Fault of(
                @JsonProperty("pointer") @Nullable String pointer,
                @JsonProperty("code") String code,
                @JsonProperty("detail") @Nullable String detail) {
            return new Fault(
                    Objects.requireNonNullElse(pointer, ""),
                    Objects.requireNonNull(code, "a fault has no code"),
                    Objects.requireNonNullElse(detail, ""));
        }
    }
}
