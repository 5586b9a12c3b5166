package io.wager.api.support;

import io.wager.api.WagerApiConfiguration;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The API as the service has it, but for the transport and the clock. A test component, so that no scan picks it up. */
@SpringBootConfiguration(proxyBeanMethods = false)
@TestComponent
@EnableAutoConfiguration
@Import(WagerApiConfiguration.class)
public class TestApi {

    /** What the clock of the tests says. */
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Bean
    @Primary
    Clock fixedClock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    FakePublisher fakePublisher() {
        return new FakePublisher();
    }

    @Bean
    ArchivedDeadLetters archivedDeadLetters(JdbcClient jdbc) {
        return new ArchivedDeadLetters(jdbc);
    }

    @Bean
    LetterRows letterRows(JdbcClient jdbc) {
        return new LetterRows(jdbc);
    }

    @Bean
    StoredWagers storedWagers(JdbcClient jdbc) {
        return new StoredWagers(jdbc);
    }
}
