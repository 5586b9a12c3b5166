package io.wager.core.messaging;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The failure of a message, as described in its dead letter.
 *
 * @param type name of the kind of failure
 * @param message what happened, in words; cut at {@link MessageHeaders#EXCEPTION_MESSAGE_LIMIT_CHARS}
 * @param stackTrace the stack trace, empty where none would help; cut at {@link MessageHeaders#STACK_TRACE_LIMIT_CHARS}
 */
public record Failure(String type, String message, String stackTrace) {

    /** Cuts the texts to their limits. */
    public Failure {
        message = cut(message, MessageHeaders.EXCEPTION_MESSAGE_LIMIT_CHARS);
        stackTrace = cut(stackTrace, MessageHeaders.STACK_TRACE_LIMIT_CHARS);
    }

    /**
     * A failure by an exception.
     *
     * @param cause the exception
     * @return its type, message and stack trace
     */
    public static Failure of(Throwable cause) {
        var trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        var message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new Failure(cause.getClass().getName(), message, trace.toString());
    }

    /**
     * A failure found by a rule rather than thrown.
     *
     * @param type name of the kind of failure
     * @param message what is wrong
     * @return the failure, without a stack trace
     */
    public static Failure of(String type, String message) {
        return new Failure(type, message, "");
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end);
    }
}
