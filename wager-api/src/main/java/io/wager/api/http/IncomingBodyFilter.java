package io.wager.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands around everything that handles a request and so knows when it is over: gives back what its body held, and reads past what
 * nobody read of it, so that a client that is still sending can read why it was refused. Tomcat would do the latter without a
 * limit of time, and is told not to (server.tomcat.max-swallow-size).
 */
@Component
// Inside the trace's filter only.
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class IncomingBodyFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingBodyFilter.class);

    private final MemoryBudget budget;
    private final HttpProperties properties;

    IncomingBodyFilter(MemoryBudget budget, HttpProperties properties) {
        this.budget = budget;
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var body = IncomingBody.begin(request, budget, properties, System::nanoTime);
        try {
            chain.doFilter(request, response);
        } finally {
            body.release();
            if (!request.isAsyncStarted()) {
                answerAndDrain(body, response);
            }
        }
    }

    private static void answerAndDrain(IncomingBody body, HttpServletResponse response) {
        try {
            if (body.isSending()) {
                response.flushBuffer();
                body.drain();
            }
        } catch (IOException e) {
            LOG.debug("the client went away while it was sending what nobody reads", e);
        }
    }
}
