package io.wager.api.browser;

import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.api.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;

/** Lets no site read answers, and refuses the requests by which a browser asks whether one may. */
final class ClosedToOtherSites implements CorsProcessor {

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!CorsUtils.isPreFlightRequest(request)) {
            return true;
        }
        ProblemWriter.write(
                request,
                response,
                new ProblemException(ProblemType.FORBIDDEN, "No site may call this API from a browser but its own."));
        return false;
    }
}
