package io.wager.api.welcome;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What this port serves beside the API, and the page at its root may therefore link to. */
@Component
final class WelcomeLinks {

    private final boolean hasOpenApi;
    private final boolean hasUi;
    private final boolean hasMetrics;

    WelcomeLinks(Environment environment) {
        hasOpenApi = environment.getProperty("springdoc.api-docs.enabled", Boolean.class, true);
        // It shows the document, and is not there without it.
        hasUi = hasOpenApi && environment.getProperty("springdoc.swagger-ui.enabled", Boolean.class, true);
        hasMetrics = ManagementPortType.get(environment) == ManagementPortType.SAME;
    }

    /** Whether there is the OpenAPI document. */
    boolean hasOpenApi() {
        return hasOpenApi;
    }

    /** Whether there is Swagger UI. */
    boolean hasUi() {
        return hasUi;
    }

    /** Whether metrics are served here and not on a port of their own. */
    boolean hasMetrics() {
        return hasMetrics;
    }

    Welcome.Links toLinks() {
        return new Welcome.Links(
                hasUi ? "/swagger-ui.html" : null,
                hasOpenApi ? "/v3/api-docs" : null,
                "/livez",
                "/readyz",
                hasMetrics ? "/actuator/prometheus" : null);
    }
}
