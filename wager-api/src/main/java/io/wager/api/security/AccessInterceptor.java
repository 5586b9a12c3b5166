package io.wager.api.security;

import io.wager.api.access.Caller;
import io.wager.api.limit.RateLimits;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.api.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Lets a request through to the handler that was chosen for it, if its caller has a role that this needs, and is within its limits. */
final class AccessInterceptor implements HandlerInterceptor {

    private final AccessRules rules;
    private final RateLimits limits;
    private final SecurityMetrics metrics;

    AccessInterceptor(AccessRules rules, RateLimits limits, SecurityMetrics metrics) {
        this.rules = rules;
        this.limits = limits;
        this.metrics = metrics;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // The request itself was decided on; these are its second parts.
        if (request.getDispatcherType() == DispatcherType.ERROR
                || request.getDispatcherType() == DispatcherType.ASYNC) {
            return true;
        }
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String known
                ? known
                : null;
        var rule = rules.of(handler, pattern);
        if (rule.isOpen()) {
            return true;
        }
        var caller = Caller.of(request);
        if (caller == null) {
            metrics.refused(Refusal.MISSING);
            ProblemWriter.write(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.UNAUTHENTICATED, "Send an API key in X-API-Key, or a token in Authorization."));
            return false;
        }
        if (!rule.letsIn(caller)) {
            metrics.refused(Refusal.ROLE);
            ProblemWriter.write(request, response, new ProblemException(ProblemType.FORBIDDEN, rule.needed()));
            return false;
        }
        try {
            limits.charge(caller, rule.countsWagers(), request, response);
        } catch (ProblemException tooMuch) {
            ProblemWriter.write(request, response, tooMuch);
            return false;
        }
        return true;
    }
}
