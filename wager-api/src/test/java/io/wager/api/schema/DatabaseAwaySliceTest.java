package io.wager.api.schema;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.wager.api.support.TestApi;
import io.wager.core.wager.WagerEncoder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

@SpringBootTest(
        classes = TestApi.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            // Nothing listens on port 1.
            "spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/nowhere",
            "spring.datasource.hikari.connection-timeout=250",
            "spring.flyway.enabled=false",
            "wager.shutdown.readiness-delay=0s",
            "server.address=127.0.0.1",
            "wager.security.mode=none"
        })
class DatabaseAwaySliceTest {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private CircuitBreakerRegistry breakers;

    @Test
    void readsAnswer503AndTellWhenToComeAgain() {
        for (var path : new String[] {
            "/api/player/topSpenders",
            "/api/player/00000000-0000-0000-0000-000000000001/casino",
            "/api/player/casinowager/00000000-0000-0000-0000-000000000001",
            "/api/analytics/breakdown?by=day"
        }) {
            var response = http.getForEntity(path, String.class);

            assertThat(response.getStatusCode().value()).as(path).isEqualTo(503);
            assertThat(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isIn("1", "2");
            assertThat(response.getBody())
                    .contains("urn:wager:problem:database-unavailable")
                    .doesNotContain("SELECT")
                    .doesNotContain("h2");
        }
    }

    @Test
    void afterAFewReadsTheRestFailsAtOnce() {
        await().until(() -> {
            read();
            return breakers.circuitBreaker("wager-reads").getState() == State.OPEN;
        });

        var response = read();

        assertThat(response.getStatusCode().value()).isEqualTo(503);
        assertThat(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
        assertThat(response.getBody()).contains("urn:wager:problem:database-unavailable");
    }

    @Test
    void wagersAreAcceptedAllTheSame() {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        var body = new HttpEntity<>(WagerEncoder.encode(aWager().build()), headers);

        var response = http.postForEntity("/api/player/casinowager", body, String.class);

        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(http.getForEntity("/livez", String.class).getStatusCode().value())
                .isEqualTo(200);
    }

    private ResponseEntity<String> read() {
        return http.getForEntity("/api/player/topSpenders", String.class);
    }
}
