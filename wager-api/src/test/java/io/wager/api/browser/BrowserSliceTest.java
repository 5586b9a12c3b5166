package io.wager.api.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.access.Role;
import io.wager.api.support.SecuredApiTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserSliceTest extends SecuredApiTest {

    private static final String POLICY = "Content-Security-Policy";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/player/topSpenders",
                "/api/player/casinowager/6581621c-2f86-422d-bf1e-9b92a6efb539",
                "/api/admin/audit",
                "/livez",
                "/v3/api-docs",
                "/nowhere"
            })
    void everyAnswerForbidsBrowsersEverything(String path) {
        var answer = as(Role.WAGERS_READ, path);

        assertThat(answer.headers().allValues(POLICY)).containsExactly(BrowserConfiguration.NOTHING);
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(answer.headers().allValues("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
        assertThat(answer.headers().map()).doesNotContainKeys("Server", "X-Powered-By", "server", "x-powered-by");
        // Over plain HTTP nobody is told to come by TLS only.
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void soDoesTheManagementPort() {
        var answer = send(managementRequest("/actuator/prometheus")
                .header("X-API-Key", key(Role.OPS_READ).token())
                .GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues(POLICY)).containsExactly(BrowserConfiguration.NOTHING);
    }

    @Test
    void whatTheServerRefusesByItselfIsNotSniffed() throws IOException {
        assertThat(sendRaw("GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("X-Content-Type-Options: nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/swagger-ui/index.html", "/swagger-ui/swagger-ui-bundle.js", "/swagger-ui/swagger-ui.css"})
    void swaggerUiMayUseThisServerOnly(String path) {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues(POLICY)).containsExactly(SwaggerUiPolicy.OWN);
    }

    /** As it comes, Swagger UI shows an example of somebody else's, from the outside. */
    @Test
    void swaggerUiShowsThisApi() {
        var initializer = get("/swagger-ui/swagger-initializer.js").body();

        assertThat(initializer).doesNotContain("petstore").contains("/v3/api-docs");
    }

    @Test
    void thePageAtTheRootHasOnePolicy() {
        assertThat(get("/").headers().allValues(POLICY)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/player/casinowager",
                "/api/player/topSpenders",
                "/api/admin/dead-letters",
                "/livez",
                "/v3/api-docs",
                "/swagger-ui/index.html"
            })
    void noOtherSiteIsLetIn(String path) throws IOException {
        var preflight = sendRaw("OPTIONS " + path + " HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n"
                + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-api-key\r\n"
                + "Connection: close\r\n\r\n");
        var simple = sendRaw(
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n");

        assertThat(preflight)
                .matches("(?s)HTTP/1\\.1 40[13] .*")
                .contains("application/problem+json")
                .doesNotContain("Access-Control-Allow");
        assertThat(simple).doesNotContain("Access-Control-Allow");
    }

    @Test
    void theHostOfARequestIsRepeatedNowhere() throws IOException {
        for (var path : new String[] {"/", "/v3/api-docs", "/nowhere", "/swagger-ui.html", "/livez"}) {
            assertThat(sendRaw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
                            + "X-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\nConnection: close\r\n\r\n"))
                    .as(path)
                    .doesNotContain("evil.example");
        }
    }

    private HttpResponse<String> as(Role role, String path) {
        return send(request(path).header("X-API-Key", key(role).token()).GET());
    }
}
