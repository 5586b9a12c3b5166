package io.wager.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTraceTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03-something-later"
            })
    void validTraceIsContinued(String traceparent) {
        var trace = RequestTrace.from(traceparent, null);

        assertThat(trace.traceId()).isEqualTo(TRACE_ID);
        assertThat(trace.childTraceparent()).matches("00-" + TRACE_ID + "-[0-9a-f]{16}-01");
        assertThat(trace.correlationId()).isEqualTo(TRACE_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"
            })
    void traceThatIsNotValidIsReplaced(String traceparent) {
        var trace = RequestTrace.from(traceparent, null);

        assertThat(trace.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE_ID);
    }

    @Test
    void correlationIdThatIsUnprintableOrTooLongIsReplaced() {
        assertThat(RequestTrace.from(null, "order 7").correlationId()).isEqualTo("order 7");
        assertThat(RequestTrace.from(null, "x".repeat(128)).correlationId()).hasSize(128);
        assertThat(RequestTrace.from(null, "x".repeat(129)).correlationId()).hasSize(32);
        assertThat(RequestTrace.from(null, "a\tb").correlationId()).hasSize(32);
        assertThat(RequestTrace.from(null, "").correlationId()).hasSize(32);
    }

    @Test
    void everyMessageHasASpanOfItsOwn() {
        var trace = RequestTrace.from(null, null);

        assertThat(trace.childTraceparent()).isNotEqualTo(trace.childTraceparent());
    }
}
