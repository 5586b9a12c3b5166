package io.wager.api.browser;

import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.header.Header;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Headers of every answer, and no requests from other sites. Applies with and without access control: the embedded mode is open on
 * loopback, and any page that its user opens could reach it there.
 */
@Configuration(proxyBeanMethods = false)
public class BrowserConfiguration {

    /** Nothing may be loaded, run or framed. What has to show more says so in the place of this. */
    static final String NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static final String POLICY = "Content-Security-Policy";

    /** Inside what traces a request, around everything that may answer. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

    /** Written before the answer is made, so that a handler may replace one. */
    @Bean
    FilterRegistrationBean<HeaderWriterFilter> browserHeaders() {
        var filter = new HeaderWriterFilter(List.of(
                new StaticHeadersWriter(List.of(
                        new Header("X-Content-Type-Options", "nosniff"),
                        new Header(POLICY, NOTHING),
                        // For what does not know frame-ancestors.
                        new Header("X-Frame-Options", "DENY"),
                        new Header("Referrer-Policy", "no-referrer"),
                        new Header("Cross-Origin-Resource-Policy", "same-origin"),
                        // Nearly every answer is personal, or true for a moment.
                        new Header(HttpHeaders.CACHE_CONTROL, "no-store"))),
                // Over TLS only; of this host only, since wager knows nothing of its neighbours.
                hsts()));
        filter.setShouldWriteHeadersEagerly(true);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(ORDER);
        return registration;
    }

    private static HstsHeaderWriter hsts() {
        var writer = new HstsHeaderWriter();
        writer.setIncludeSubDomains(false);
        return writer;
    }

    @Bean
    MappedInterceptor swaggerUiPolicy() {
        return new MappedInterceptor(null, null, new SwaggerUiPolicy());
    }

    /** Of every mapping, also those of the actuator and of resources. */
    @Bean
    public static BeanPostProcessor closedToOtherSites() {
        var processor = new ClosedToOtherSites();
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof AbstractHandlerMapping mapping) {
                    mapping.setCorsProcessor(processor);
                }
                return bean;
            }
        };
    }
}
