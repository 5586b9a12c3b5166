package io.wager.api.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a request in logs, problems and messages: its place in a trace by W3C Trace Context, and the client's id for it.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero; the client's if it sent a valid {@code traceparent}
 * @param spanId 16 lower-case hexadecimal digits: this service's part of the trace
 * @param flags two lower-case hexadecimal digits; 01 is sampled
 * @param correlationId the client's {@code X-Correlation-Id} if it sent a usable one, else the trace id
 */
public record RequestTrace(String traceId, String spanId, String flags, String correlationId) {

    /** The header that carries the client's own id for the request, and ours back. */
    public static final String CORRELATION_HEADER = "X-Correlation-Id";

    private static final String TRACEPARENT_HEADER = "traceparent";
    private static final String ATTRIBUTE = RequestTrace.class.getName();

    /**
     * Version 00 of traceparent, and later versions, which may have more after a hyphen. Version ff is forbidden, as are
     * ids of zeros only.
     */
    private static final Pattern TRACEPARENT = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})(?<trace>[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-(?<flags>[0-9a-f]{2})(?<more>-.*)?");

    /** Printable ASCII. 128 characters hold every usual id, and the broker's field holds 255 bytes. */
    private static final Pattern CORRELATION_ID = Pattern.compile("[\\x20-\\x7e]{1,128}");

    /**
     * The trace of a request; made at the first call, and remembered.
     *
     * @param request the request
     * @return its trace
     */
    public static RequestTrace of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestTrace known) {
            return known;
        }
        var trace = from(request.getHeader(TRACEPARENT_HEADER), request.getHeader(CORRELATION_HEADER));
        request.setAttribute(ATTRIBUTE, trace);
        return trace;
    }

    /**
     * A {@code traceparent} for what this request causes.
     *
     * @return version 00, this trace, a new span
     */
    public String childTraceparent() {
        return "00-" + traceId + "-" + newSpanId() + "-" + flags;
    }

    static RequestTrace from(@Nullable String traceparent, @Nullable String correlationId) {
        var traceId = newTraceId();
        var flags = "00";
        if (traceparent != null) {
            var matcher = TRACEPARENT.matcher(traceparent);
            if (matcher.matches() && (!traceparent.startsWith("00") || matcher.group("more") == null)) {
                traceId = matcher.group("trace");
                // Of the flags only `sampled` is ours to pass on.
                flags = (Integer.parseInt(matcher.group("flags"), 16) & 1) == 1 ? "01" : "00";
            }
        }
        var correlation =
                correlationId != null && CORRELATION_ID.matcher(correlationId).matches() ? correlationId : traceId;
        return new RequestTrace(traceId, newSpanId(), flags, correlation);
    }

    private static String newTraceId() {
        return newSpanId() + newSpanId();
    }

    /** Not a secret, only unlikely to repeat. */
    private static String newSpanId() {
        long id;
        do {
            id = ThreadLocalRandom.current().nextLong();
        } while (id == 0);
        return HexFormat.of().toHexDigits(id);
    }
}
