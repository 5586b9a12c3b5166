package io.wager.api.security;

import io.wager.api.access.Caller;
import io.wager.api.limit.FailedLogins;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.api.problem.ProblemWriter;
import io.wager.api.security.jwt.AccessTokens;
import io.wager.api.security.key.ApiKey;
import io.wager.api.security.key.ApiKeys;
import io.wager.api.security.key.KeyVerdict;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Finds out who sends a request. One without credentials goes on, and {@link AccessInterceptor} decides whether it needs some; one
 * with credentials that are wrong ends here, wherever it was going.
 */
final class CredentialFilter implements Filter {

    static final String KEY_HEADER = "X-API-Key";

    private static final String BEARER = "Bearer ";

    private final @Nullable ApiKeys keys;
    private final @Nullable AccessTokens tokens;
    private final FailedLogins failures;
    private final SecurityMetrics metrics;

    CredentialFilter(
            @Nullable ApiKeys keys, @Nullable AccessTokens tokens, FailedLogins failures, SecurityMetrics metrics) {
        this.keys = keys;
        this.tokens = tokens;
        this.failures = failures;
        this.metrics = metrics;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletRequest) request;
        try {
            var caller = caller(http);
            if (caller != null) {
                caller.sent(request);
            }
        } catch (Refused refused) {
            refuse(refused, http, (HttpServletResponse) response);
            return;
        }
        chain.doFilter(request, response);
    }

    private @Nullable Caller caller(HttpServletRequest request) throws Refused {
        var key = only(request, KEY_HEADER);
        var authorization = only(request, HttpHeaders.AUTHORIZATION);
        if (key != null && authorization != null) {
            throw new Refused(Refusal.UNUSABLE, "Send X-API-Key or Authorization, not both.");
        }
        if (key != null) {
            return byKey(key.strip(), request);
        }
        if (authorization == null) {
            return null;
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Refused(Refusal.UNUSABLE, "Authorization takes the scheme Bearer only.");
        }
        var token = authorization.substring(BEARER.length()).strip();
        return token.startsWith(ApiKey.PREFIX) ? byKey(token, request) : byToken(token);
    }

    private Caller byKey(String token, HttpServletRequest request) throws Refused {
        if (keys == null) {
            throw new Refused(Refusal.UNKNOWN, "The key is not valid.");
        }
        return switch (keys.verify(token, request.getRemoteAddr())) {
            case KeyVerdict.Valid(var caller) -> caller;
            case KeyVerdict.Refused(var reason) ->
                throw switch (reason) {
                    case UNKNOWN -> new Refused(Refusal.UNKNOWN, "The key is not valid.");
                    case REVOKED -> new Refused(Refusal.REVOKED, "The key is revoked.");
                    case EXPIRED -> new Refused(Refusal.EXPIRED, "The key has expired.");
                    case NETWORK -> new Refused(Refusal.NETWORK, "The key must not be used from this address.");
                };
        };
    }

    private Caller byToken(String token) throws Refused {
        if (tokens == null) {
            throw new Refused(Refusal.TOKEN, "The token is not valid.");
        }
        try {
            return tokens.verify(token);
        } catch (BadJwtException e) {
            // Its message may have parts of the token.
            throw new Refused(Refusal.TOKEN, "The token is not valid, or has expired.");
        } catch (JwtException e) {
            throw new Refused(
                    Refusal.PROVIDER,
                    "The keys of the identity provider can't be had for now. API keys work all the same.");
        }
    }

    private void refuse(Refused refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
        metrics.refused(refused.reason);
        // Not for what is no fault of the client.
        var wait = refused.reason == Refusal.PROVIDER
                ? OptionalInt.empty()
                : failures.failed(request.getRemoteAddr(), response);
        if (wait.isPresent()) {
            ProblemWriter.write(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.RATE_LIMITED,
                            "Too many requests of this address had credentials that are not valid.",
                            wait.getAsInt()));
            return;
        }
        var type = switch (refused.reason) {
            case PROVIDER -> ProblemType.IDENTITY_PROVIDER_UNAVAILABLE;
            case NETWORK -> ProblemType.FORBIDDEN;
            default -> ProblemType.UNAUTHENTICATED;
        };
        if (type == ProblemType.UNAUTHENTICATED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, ProblemWriter.CHALLENGE + ", error=\"invalid_token\"");
        }
        ProblemWriter.write(request, response, new ProblemException(type, refused.detail));
    }

    private static @Nullable String only(HttpServletRequest request, String name) throws Refused {
        var value = request.getHeader(name);
        if (value != null) {
            var all = request.getHeaders(name);
            all.nextElement();
            if (all.hasMoreElements()) {
                throw new Refused(Refusal.UNUSABLE, name + " stands more than once.");
            }
        }
        return value;
    }

    /** The credentials let nobody in. Costs no stack trace: whoever likes can cause it. */
    private static final class Refused extends Exception {

        private final Refusal reason;
        private final String detail;

        Refused(Refusal reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
            this.detail = detail;
        }
    }
}
