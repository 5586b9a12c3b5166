package io.wager.api.audit;

import io.wager.api.request.RequestTrace;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * One action that a person requests.
 *
 * @param name its name, lower-case words joined by hyphens, at most 40 characters
 * @param actor who asks
 * @param target id of its target; null if the action creates the target
 * @param note the reason that the person gave
 * @param traceId the request's trace, which the log has too
 */
public record Action(
        String name,
        Actor actor,
        @Nullable String target,
        @Nullable String note,
        String traceId) {

    /**
     * An action of a request.
     *
     * @param name what it is
     * @param request the request
     * @param target id of what it is done to
     * @param note the reason given
     * @return the action
     */
    public static Action of(String name, HttpServletRequest request, @Nullable String target, @Nullable String note) {
        return new Action(
                name, Actor.of(request), target, note, RequestTrace.of(request).traceId());
    }

    /**
     * The same action with its target.
     *
     * @param made id of the created target
     * @return the action with its target
     */
    public Action on(String made) {
        return new Action(name, actor, made, note, traceId);
    }
}
