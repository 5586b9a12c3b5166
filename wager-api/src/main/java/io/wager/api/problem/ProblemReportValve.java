package io.wager.api.problem;

import io.wager.api.request.RequestTrace;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that Tomcat refuses before our code sees them, such as a malformed URI, instead of its HTML page. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        var status = response.getStatus();
        // The same conditions as Tomcat's own: an error, nothing of the body written yet, and not reported before.
        if (status < HttpServletResponse.SC_BAD_REQUEST
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            response.setHeader(
                    RequestTrace.CORRELATION_HEADER,
                    RequestTrace.of(request.getRequest()).correlationId());
            ProblemWriter.write(request.getRequest(), response.getResponse(), status);
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("the client went away before it had its answer", e);
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, e);
        }
    }
}
