package io.wager.api.welcome;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What this port serves beside the API, and the page at its root may therefore link to. */
@Component
final class WelcomeLinks {

    private final boolean hasDocuments;
    private final boolean hasMetrics;

    WelcomeLinks(Environment environment) {
        hasDocuments = environment.getProperty("springdoc.api-docs.enabled", Boolean.class, true);
        hasMetrics = ManagementPortType.get(environment) == ManagementPortType.SAME;
    }

    /** Whether there are the OpenAPI document and Swagger UI. */
    boolean hasDocuments() {
        return hasDocuments;
    }

    /** Whether metrics are served here and not on a port of their own. */
    boolean hasMetrics() {
        return hasMetrics;
    }

    Welcome.Links toLinks() {
        return new Welcome.Links(
                hasDocuments ? "/swagger-ui.html" : null,
                hasDocuments ? "/v3/api-docs" : null,
                "/livez",
                "/readyz",
                hasMetrics ? "/actuator/prometheus" : null);
    }
}
