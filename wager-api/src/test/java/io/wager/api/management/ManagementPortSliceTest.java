package io.wager.api.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wager.api.access.Role;
import io.wager.api.support.SecuredApiTest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementPortSliceTest extends SecuredApiTest {

    private static final String PROBLEM = "application/problem+json";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/info",
                "/actuator/prometheus"
            })
    void managementIsForOperators(String path) {
        assertThat(send(managementRequest(path).GET()).statusCode()).isEqualTo(401);
        assertThat(as(Role.WAGERS_WRITE, path).statusCode()).isEqualTo(403);
        assertThat(as(Role.WAGERS_READ, path).statusCode()).isEqualTo(403);
        assertThat(as(Role.OPS_WRITE, path).statusCode()).isEqualTo(403);
        assertThat(as(Role.OPS_READ, path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/info", "/actuator/prometheus"})
    void theMainPortHasNoneOfIt(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(send(request(path)
                                .header("X-API-Key", key(Role.OPS_READ).token())
                                .GET())
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz"})
    void probesStayOnTheMainPort(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theApiIsNotServedHere(Role role) {
        var answer = as(role, "/api/player/topSpenders");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains(PROBLEM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/../actuator/prometheus",
                "//actuator/prometheus",
                "/actuator/prometheus;x=1",
                "/actuator%2Fprometheus",
                "/ACTUATOR/PROMETHEUS",
                "/actuator/prometheus/",
                "/actuator/./prometheus",
                "/actuator/health/..%2fprometheus",
                "/livez/../actuator/prometheus"
            })
    void noSpellingOfAPathSlipsPast(String path) throws IOException {
        var answer = sendRaw(managementPort(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|401|404) .*").contains(PROBLEM);
    }

    @Test
    void whatTomcatRefusesIsAProblemToo() throws IOException {
        assertThat(sendRaw(managementPort(), "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains(PROBLEM);
    }

    @Test
    void itListensWhereTheApiDoesAndNowhereElse() throws IOException {
        var another = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});

        assertThat(sendRaw(managementPort(), "GET /actuator HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
        assertThatThrownBy(() -> new Socket(another, managementPort()).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void itsAnswersNameTheRequest() {
        assertThat(as(Role.OPS_READ, "/actuator/info").headers().firstValue("X-Correlation-Id"))
                .isPresent();
    }

    private HttpResponse<String> as(Role role, String path) {
        return send(
                managementRequest(path).header("X-API-Key", key(role).token()).GET());
    }
}
