package io.wager.api.security;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import io.wager.api.access.Role;
import io.wager.api.security.key.ApiKey;
import io.wager.api.security.key.KeyEntry;
import io.wager.api.security.key.KeyFile;
import io.wager.api.security.key.SecretHash;
import io.wager.api.support.FakeIdentityProvider;
import io.wager.api.support.TestApi;
import io.wager.core.wager.WagerEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Keys while the database and the identity provider are away. */
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
            "wager.security.keys.pepper=a pepper of the tests, long enough",
            "wager.security.jwt.issuer=" + FakeIdentityProvider.ISSUER,
            "wager.security.jwt.audience=" + FakeIdentityProvider.AUDIENCE,
            "wager.security.jwt.jwks-uri=http://127.0.0.1:1/jwks"
        })
class EverythingAwaySliceTest {

    private static final String SINGLE = "/api/player/casinowager";
    private static final ApiKey KEY = ApiKey.generate(new SecureRandom());
    private static final KeyEntry ENTRY = new KeyEntry(
            KEY.id(),
            "games",
            HexFormat.of().formatHex(new SecretHash("a pepper of the tests, long enough").of(KEY.secret())),
            Set.of(Role.WAGERS_WRITE),
            List.of(),
            null,
            null,
            null);

    @TempDir
    private static Path folder;

    @Autowired
    private TestRestTemplate http;

    @DynamicPropertySource
    static void writeKeys(DynamicPropertyRegistry registry) throws IOException {
        KeyFile.EMPTY.with(ENTRY).write(file());
        registry.add("wager.security.keys.file", () -> file().toString());
    }

    @Test
    void aValidKeyStillPostsAndARevokedOneDoesNotSoonAfter() throws IOException {
        assertThat(post("X-API-Key", KEY.token()).getStatusCode().value()).isEqualTo(200);

        KeyFile.EMPTY.with(ENTRY.revoked(TestApi.NOW)).write(file());

        await().atMost(Duration.ofSeconds(30))
                .until(() -> post("X-API-Key", KEY.token()).getStatusCode().value() == 401);
    }

    @Test
    void aTokenThatCannotBeCheckedMayComeAgain() throws JOSEException {
        try (var provider = new FakeIdentityProvider()) {
            var answer = post("Authorization", "Bearer " + provider.token(claims -> claims));

            assertThat(answer.getStatusCode().value()).isEqualTo(503);
            assertThat(answer.getBody()).contains("urn:wager:problem:identity-provider-unavailable");
            assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotNull();
        }
    }

    private ResponseEntity<String> post(String header, String value) {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.set(header, value);
        return http.postForEntity(
                SINGLE, new HttpEntity<>(WagerEncoder.encode(aWager().build()), headers), String.class);
    }

    private static Path file() {
        return folder.resolve("keys.json");
    }
}
