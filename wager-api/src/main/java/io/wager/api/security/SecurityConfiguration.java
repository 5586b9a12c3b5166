package io.wager.api.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.wager.api.limit.FailedLogins;
import io.wager.api.limit.RateLimits;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.api.problem.ProblemWriter;
import io.wager.api.security.jwt.AccessTokens;
import io.wager.api.security.jwt.JwtProperties;
import io.wager.api.security.key.ApiKeys;
import io.wager.api.security.key.SecretHash;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Access control, where it is not turned off. One chain for all paths finds out who calls. Which role a request needs is decided behind
 * the routing, by the handler that it chose; Spring Security's own rules would look for the handler a second time, for each request.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "wager.security.mode", havingValue = "enforced", matchIfMissing = true)
class SecurityConfiguration {

    /** Inside what traces a request and drains its body, around everything else. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

    @Bean
    SecurityMetrics securityMetrics(MeterRegistry registry) {
        return new SecurityMetrics(registry);
    }

    @Bean
    @ConditionalOnProperty("wager.security.keys.file")
    ApiKeys apiKeys(KeyProperties properties, Clock clock, MeterRegistry registry) {
        return new ApiKeys(
                Objects.requireNonNull(properties.file()),
                properties.reloadInterval(),
                new SecretHash(Objects.requireNonNull(properties.pepper())),
                properties.previousPepper() == null ? null : new SecretHash(properties.previousPepper()),
                clock,
                registry);
    }

    @Bean
    @ConditionalOnProperty("wager.security.jwt.issuer")
    AccessTokens accessTokens(JwtProperties properties, Clock clock) {
        return new AccessTokens(properties, clock);
    }

    @Bean
    FilterRegistrationBean<FilterChainProxy> accessControl(
            ObjectProvider<ApiKeys> keys,
            ObjectProvider<AccessTokens> tokens,
            FailedLogins failures,
            SecurityMetrics metrics) {
        var keysIfAny = keys.getIfAvailable();
        var tokensIfAny = tokens.getIfAvailable();
        if (keysIfAny == null && tokensIfAny == null) {
            throw new UnsafeStart(
                    "wager.security.mode=enforced lets nobody in without keys or an identity provider.",
                    "Set wager.security.keys.file and wager.security.keys.pepper (./wager key new makes a key), or"
                            + " wager.security.jwt.issuer, .audience and .jwks-uri. To run without access control on loopback:"
                            + " wager.security.mode=none.");
        }
        var filter = new CredentialFilter(keysIfAny, tokensIfAny, failures, metrics);
        var proxy = new FilterChainProxy(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, List.of(filter)));
        proxy.setFirewall(firewall());
        proxy.setRequestRejectedHandler((request, response, rejection) -> {
            metrics.refused(Refusal.PATH);
            ProblemWriter.write(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.BAD_REQUEST, "The path is written in a way that could mean two things."));
        });
        var registration = new FilterRegistrationBean<>(proxy);
        registration.setOrder(ORDER);
        return registration;
    }

    /** Of every mapping there is: Spring MVC gives a bean of this type to the actuator's and the resources' too. */
    @Bean
    MappedInterceptor accessByRole(RateLimits limits, SecurityMetrics metrics) {
        return new MappedInterceptor(null, null, new AccessInterceptor(new AccessRules(), limits, metrics));
    }

    /** For paths only. Methods are the routing's matter, headers and parameters that of Tomcat and of who reads them. */
    private static StrictHttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        firewall.setAllowedParameterValues(value -> true);
        return firewall;
    }
}
