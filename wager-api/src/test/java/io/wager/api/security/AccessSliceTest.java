package io.wager.api.security;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import io.wager.api.access.Role;
import io.wager.api.security.key.ApiKey;
import io.wager.api.support.SecuredApiTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSliceTest extends SecuredApiTest {

    private static final String AUDIT = "/api/admin/audit";

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/", "/v3/api-docs", "/swagger-ui/index.html"})
    void whatTellsNothingIsOpen(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/nowhere,404", "/error,404", "/api/player/casinowager,405"})
    void whatIsNotServedIsToldAsEver(String path, int status) {
        var response = get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/admin/audit",
                "/api//admin/audit",
                "/api/admin/audit/",
                "/api;x=1/admin/audit",
                "/api/admin/audit;x=1",
                "/api/admin/audit;",
                "/api/%61dmin/audit",
                "/api/admin%2Faudit",
                "/api/admin%2faudit",
                "/api%5cadmin/audit",
                "/api/./admin/audit",
                "/api/x/../admin/audit",
                "/api/x/%2e%2e/admin/audit",
                "/livez/../api/admin/audit",
                "/api/admin/audit%00",
                "/api/admin/audit%0a",
                "/api/admin/audit%20",
                "/api/admin/audit.json",
                "/swagger-ui/../api/admin/audit",
                "/swagger-ui/..%2fapi/admin/audit"
            })
    void noSpellingOfAPathSlipsPast(String path) throws IOException {
        var answer = sendRaw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|401|404) .*").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "HEAD", "TRACE", "get", "BREW"})
    void noMethodSlipsPast(String method) throws IOException {
        var answer = sendRaw(method + " " + AUDIT + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 (401|405) .*");
    }

    @Test
    void preflightOfAnotherOriginIsNotAnswered() throws IOException {
        var answer = sendRaw("OPTIONS " + AUDIT + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Origin: https://evil.example.com\r\nAccess-Control-Request-Method: GET\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("Access-Control-Allow");
    }

    @Test
    void aKeyComesInEitherHeader() {
        var token = key(Role.OPS_READ).token();

        assertThat(send(request(AUDIT).header("X-API-Key", token)).statusCode()).isEqualTo(200);
        assertThat(send(request(AUDIT).header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(request(AUDIT).header("Authorization", "bearer " + token))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void credentialsThatAreNotValidEndTheRequestWhereverItGoes() {
        var stranger = ApiKey.generate(new SecureRandom());
        var wrongSecret = new ApiKey(key(Role.OPS_READ).id(), stranger.secret());
        var cut = key(Role.OPS_READ).token().substring(0, 80);

        for (var credentials : new String[] {
            "X-API-Key: " + stranger.token(),
            "X-API-Key: " + wrongSecret.token(),
            "X-API-Key: " + cut,
            "X-API-Key: ",
            "Authorization: Basic em9lOnpvZQ==",
            "Authorization: Bearer " + wrongSecret.token(),
            "Authorization: Bearer a.b.c",
            "Authorization: Bearer ",
            "X-API-Key: x\r\nX-API-Key: y",
            "X-API-Key: " + key(Role.OPS_READ).token() + "\r\nAuthorization: Bearer "
                    + key(Role.OPS_READ).token()
        }) {
            for (var path : new String[] {AUDIT, "/livez", "/nowhere"}) {
                var answer = raw("GET", path, credentials);
                assertThat(answer)
                        .as(credentials)
                        .startsWith("HTTP/1.1 401")
                        .contains("WWW-Authenticate: Bearer realm=\"wager\", error=\"invalid_token\"")
                        .contains("urn:wager:problem:unauthenticated")
                        .doesNotContain(stranger.secret(), "Exception");
            }
        }
    }

    @Test
    void aBodyIsNotReadFromWhoMayNotSendIt() {
        var answer =
                raw("POST", SINGLE, "Content-Type: application/json\r\nContent-Length: 900000\r\nExpect: 100-continue");

        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    @Test
    void bothKindsOfTokensAreTaken() throws JOSEException {
        var response = send(request(AUDIT).header("Authorization", "Bearer " + jwt("zoe", "openid ops:read")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(send(request(AUDIT).header("Authorization", "Bearer " + jwt("zoe", "openid")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void auditHasTheNameOfTheCredentialsAndNotTheOneThatTheRequestGives() throws JOSEException {
        var path = "/api/admin/dead-letters/" + UUID.randomUUID() + "/requeue";

        send(request(path)
                .header("X-API-Key", key(Role.OPS_WRITE).token())
                .header("X-Actor", "Zoe")
                .POST(BodyPublishers.noBody()));
        send(request("/api/admin/requeue-jobs")
                .header("Authorization", "Bearer " + jwt("marit@example.com", "ops:write"))
                .header("X-Actor", " ")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"ids\":[\"" + UUID.randomUUID() + "\"]}")));

        var entries = json(as(Role.OPS_READ, AUDIT)).at("/entries");
        assertThat(entries.findValuesAsText("actor"))
                .isNotEmpty()
                .allMatch(actor -> actor.equals("marit@example.com") || actor.equals("key of ops:write"));
    }

    @Test
    void whoOnlySendsReadsTheFateAndNotTheWager() {
        var wager = aWager().build();
        stored.store(wager);

        var sender = json(as(Role.WAGERS_WRITE, SINGLE + "/" + wager.wagerId().value()));
        var reader = json(as(Role.WAGERS_READ, SINGLE + "/" + wager.wagerId().value()));

        assertThat(sender.at("/status").asText()).isEqualTo("stored");
        assertThat(sender.has("wager")).isFalse();
        assertThat(reader.at("/wager/username").asText()).isEqualTo(wager.username());
    }

    private HttpResponse<String> as(Role role, String path) {
        return send(request(path).header("X-API-Key", key(role).token()).GET());
    }

    private String raw(String method, String path, String headers) {
        try {
            return sendRaw(new String(
                    (method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII),
                    StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
