package io.wager.api.drain;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the drain into the server. */
@Configuration(proxyBeanMethods = false)
class DrainConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> comeBackElsewhere(Drain drain) {
        // Of the engine, around everything that answers.
        return factory -> factory.addEngineValves(new ComeBackElsewhereValve(drain::isDraining));
    }
}
