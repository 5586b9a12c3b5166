package io.wager.api.browser;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** Lets Swagger UI, the only resources that are served, load and run what is on this server, and call it. */
final class SwaggerUiPolicy implements HandlerInterceptor {

    /** Swagger UI sets styles in attributes, and draws with images in {@code data:}. */
    static final String OWN =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof ResourceHttpRequestHandler) {
            response.setHeader(BrowserConfiguration.POLICY, OWN);
            // Asked for anew each time, and not sent anew while it is as it was.
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        return true;
    }
}
