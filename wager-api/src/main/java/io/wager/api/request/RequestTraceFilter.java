package io.wager.api.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts the request's trace into the log of everything that handles it, and the correlation id into the answer. */
@Component
@Order(RequestTraceFilter.ORDER)
public final class RequestTraceFilter extends OncePerRequestFilter {

    /** Around every other filter. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE;

    private static final String TRACE_ID = "traceId";
    private static final String SPAN_ID = "spanId";
    private static final String CORRELATION_ID = "correlationId";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var trace = RequestTrace.of(request);
        response.setHeader(RequestTrace.CORRELATION_HEADER, trace.correlationId());
        MDC.put(TRACE_ID, trace.traceId());
        MDC.put(SPAN_ID, trace.spanId());
        MDC.put(CORRELATION_ID, trace.correlationId());
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(TRACE_ID);
            MDC.remove(SPAN_ID);
            MDC.remove(CORRELATION_ID);
        }
    }
}
