package io.wager.cli.api;

import java.time.Duration;
import java.util.List;
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
     * @param detail what is wrong, for a person
     */
    record Fault(String pointer, String code, String detail) {}
}
