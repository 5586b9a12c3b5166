package io.wager.api.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Runs a test against {@link TestApi}; all such tests share one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
// Without this, Spring Boot turns the export of meters off in tests.
@AutoConfigureObservability(tracing = false)
@SpringBootTest(
        classes = {TestApi.class, SliceDatabase.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.flyway.enabled=false",
            "wager.publish.confirm-timeout=200ms",
            "wager.shutdown.readiness-delay=0s",
            // Far above what the largest body takes on a busy machine.
            "wager.http.body-timeout=2s",
            "wager.http.memory-wait=50ms",
            "resilience4j.bulkhead.instances.wager-costly-reads.max-wait-duration=10ms",
            "resilience4j.bulkhead.instances.wager-costly-dead-letter-reads.max-wait-duration=10ms",
            "server.address=127.0.0.1",
            // Without the service's application.yml: management on the API's own port saves most tests a second server.
            "spring.config.location=classpath:wager-api.yml",
            "wager.security.mode=none"
        })
public @interface ApiSlice {}
