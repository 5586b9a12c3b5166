package io.wager.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.wager.api.problem.ProblemReportValve;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/** How paths are matched, JSON is written and Tomcat is set up. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    /** Clients in the field write {@code /api/Player/CasinoWager}. */
    @Override
    public void configurePathMatch(PathMatchConfigurer configurer) {
        var parser = new PathPatternParser();
        parser.setCaseSensitive(false);
        configurer.setPatternParser(parser);
    }

    /** Amounts never in exponent form: 0.00000001 would be written 1E-8. */
    @Bean
    Jackson2ObjectMapperBuilderCustomizer plainDecimals() {
        return builder -> builder.featuresToEnable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
    }

    /** Jackson's default keeps its buffers by thread, and a virtual thread lives for one request. */
    @Bean
    Jackson2ObjectMapperBuilderCustomizer buffersSharedByAllThreads() {
        return builder -> builder.factory(JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .build());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat(HttpProperties properties) {
        return factory -> {
            factory.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
            factory.addEngineValves(new TraceRefusalValve());
            factory.addConnectorCustomizers(
                    WebConfiguration::continueWhenRead,
                    WebConfiguration::keepBuffersOffTheHeap,
                    connector -> boundSilence(connector, properties));
        };
    }

    /** A client that waits for 100 Continue learns of a body that is too large before it sends it. */
    private static void continueWhenRead(Connector connector) {
        connector.setProperty("continueResponseTiming", "onRead");
    }

    /** The 16 KB of a connection's buffers are a third of what one takes, and thousands of them may be open. */
    private static void keepBuffersOffTheHeap(Connector connector) {
        connector.setProperty("socket.directBuffer", "true");
    }

    /** One read that brings nothing waits no longer than a whole body may take. Between reads its deadline is looked at. */
    private static void boundSilence(Connector connector, HttpProperties properties) {
        connector.setProperty("disableUploadTimeout", "false");
        connector.setProperty(
                "connectionUploadTimeout",
                Long.toString(properties.bodyTimeout().toMillis()));
    }
}
