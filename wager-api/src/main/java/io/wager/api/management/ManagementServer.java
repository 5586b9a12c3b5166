package io.wager.api.management;

import io.wager.api.browser.BrowserConfiguration;
import io.wager.api.request.RequestTraceFilter;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.header.HeaderWriterFilter;

/**
 * Brings to a management port of its own what guards the main one. Spring Boot gives that port a context with a server and a dispatcher
 * of its own. The context inherits interceptors, and so the rules of access, but neither filters nor the settings of Tomcat.
 *
 * <p>The class is named in {@code META-INF/spring} and has no annotation by which the component scan would find it: its beans belong in
 * that context only.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementServer {

    @Bean
    FilterRegistrationBean<RequestTraceFilter> managementRequestTrace(RequestTraceFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(RequestTraceFilter.ORDER);
        return registration;
    }

    /** The main port's, so that both ask the same keys. */
    @Bean
    @ConditionalOnProperty(name = "wager.security.mode", havingValue = "enforced", matchIfMissing = true)
    FilterRegistrationBean<FilterChainProxy> managementAccessControl(
            @Qualifier("accessControl") FilterRegistrationBean<FilterChainProxy> ofMainPort) {
        var registration = new FilterRegistrationBean<>(ofMainPort.getFilter());
        registration.setOrder(ofMainPort.getOrder());
        return registration;
    }

    @Bean
    FilterRegistrationBean<HeaderWriterFilter> managementBrowserHeaders(
            @Qualifier("browserHeaders") FilterRegistrationBean<HeaderWriterFilter> ofMainPort) {
        var registration = new FilterRegistrationBean<>(ofMainPort.getFilter());
        registration.setOrder(ofMainPort.getOrder());
        return registration;
    }

    @Bean
    static BeanPostProcessor managementClosedToOtherSites() {
        return BrowserConfiguration.closedToOtherSites();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementTomcat(
            @Qualifier("problemsFromTomcat") WebServerFactoryCustomizer<TomcatServletWebServerFactory> ofMainPort,
            ServerProperties server,
            ManagementServerProperties management) {
        return factory -> {
            ofMainPort.customize(factory);
            // An API on loopback must not have its management on every address of the machine.
            if (management.getAddress() == null) {
                factory.setAddress(server.getAddress());
            }
            // Spring Boot's error page has a form of its own. Without one, the valve answers with a problem.
            factory.setErrorPages(Set.of());
            factory.setCompression(server.getCompression());
        };
    }
}
