package io.wager.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.api.support.ApiTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemSliceTest extends ApiTest {

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/api/player/casinowager/", "/api/player", "/error", "/index.html"})
    void unknownPathIsNotFound(String path) {
        var problem = problem(get(path), 404, "not-found");

        assertThat(problem.at("/instance").asText()).isEqualTo(path);
        assertThat(problem.at("/traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(problem.at("/detail").asText()).isNotBlank();
        assertThat(problem.at("/title").asText()).isNotBlank();
    }

    @Test
    void unknownPathIsNotFoundForPostsToo() {
        problem(post("/api/player/wagers", "{}"), 404, "not-found");
    }

    @Test
    void otherMethodIsAnsweredWithThoseThatAreAllowed() {
        var response = get(SINGLE);

        problem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void unknownMethodIsNotAllowed() {
        var response = send(request(SINGLE).method("BREW", BodyPublishers.noBody()));

        problem(response, 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {SINGLE, "/v3/api-docs", "/livez", "/", "/actuator/prometheus"})
    void traceIsNotAllowedAnywhere(String path) {
        var response = send(request(path).header("X-Secret", "s3cr3t").method("TRACE", BodyPublishers.noBody()));

        var problem = problem(response, 405, "method-not-allowed");
        assertThat(problem.at("/instance").asText()).isEqualTo(path);
        assertThat(response.headers().firstValue("Allow")).contains(path.equals(SINGLE) ? "POST" : "GET");
        assertThat(response.body()).doesNotContain("s3cr3t");
    }

    @Test
    void noServerWideOptionOffersTrace() throws IOException {
        var answer = sendRaw("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("Allow: ").doesNotContain("TRACE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "501 CONNECT a:80 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "505 GET / HTTP/3.0\r\nHost: a\r\nConnection: close\r\n\r\n",
                "501 POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\nConnection: close\r\n\r\n",
                "417 GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n",
                "400 TRACE * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            })
    void whatTomcatDoesNotDoIsAProblemToo(String statusAndBytes) throws IOException {
        var status = statusAndBytes.substring(0, 3);

        var answer = sendRaw(statusAndBytes.substring(4));

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json", "X-Correlation-Id: ");
        assertThat(answer).doesNotContainIgnoringCase("tomcat").doesNotContain("<html");
        assertThat(json(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                        .at("/status")
                        .asText())
                .isEqualTo(status);
    }

    @Test
    void traceOfNothingIsNotFound() {
        problem(send(request("/nowhere").method("TRACE", BodyPublishers.noBody())), 404, "not-found");
    }

    @Test
    void answerThatIsNotAcceptedIsNotAcceptable() {
        var response = send(
                request("/api/player/topSpenders").header("Accept", "text/html").GET());

        problem(response, 406, "not-acceptable");
    }

    @Test
    void acceptHeaderThatCannotBeReadIsNotAcceptable() {
        var response = send(
                request("/api/player/topSpenders").header("Accept", "nonsense").GET());

        problem(response, 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-ndjson", "nonsense"})
    void otherMediaTypeIsNotSupported(String contentType) {
        problem(post(SINGLE, contentType, BodyPublishers.ofString("{}")), 415, "unsupported-media-type");
    }

    @Test
    void bodyWithoutMediaTypeIsNotSupported() {
        var response = send(request(SINGLE).POST(BodyPublishers.ofString("{}")));

        problem(response, 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/player/{x}|y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /..%2f HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "POST /api/player/casinowager HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\nConnection: close\r\n\r\n"
            })
    void whatTomcatRefusesIsAProblemToo(String bytes) throws IOException {
        var answer = sendRaw(bytes);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
        assertThat(answer).doesNotContainIgnoringCase("tomcat").doesNotContain("<html");
        assertThat(answer).doesNotContain("\r\nServer:");
        var problem = json(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.at("/type").asText()).isEqualTo("urn:wager:problem:bad-request");
        assertThat(problem.at("/status").asInt()).isEqualTo(400);
    }

    @Test
    void headersThatAreTooLargeAreAProblem() throws IOException {
        var answer = sendRaw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).containsPattern("HTTP/1.1 4\\d\\d").contains("application/problem+json");
    }

    @Test
    void bodyThatEndsTooEarlyIsABadRequest() throws IOException {
        var head = String.join(
                "\r\n",
                "POST /api/player/casinowager HTTP/1.1",
                "Host: a",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "",
                "");

        var answer = sendRaw(head + "zz\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("bad-request");
    }

    @Test
    void queryThatCannotBeDecodedIsABadRequest() throws IOException {
        var answer = sendRaw("GET /api/player/topSpenders?from=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("bad-request");
    }

    @Test
    void traceIsTheClientsIfItIsValid() {
        var valid = send(request("/nowhere")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .GET());
        var invalid = send(request("/nowhere")
                .header("traceparent", "00-00000000000000000000000000000000-b7ad6b7169203331-01")
                .GET());

        assertThat(json(valid).at("/traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(json(invalid).at("/traceId").asText()).isNotEqualTo("00000000000000000000000000000000");
    }

    private static JsonNode problem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        var problem = json(response);
        assertThat(problem.at("/type").asText()).isEqualTo("urn:wager:problem:" + type);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        return problem;
    }
}
