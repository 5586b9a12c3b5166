package io.wager.api.limit;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.access.Role;
import io.wager.api.support.SecuredApiTest;
import io.wager.core.wager.WagerEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitSliceTest extends SecuredApiTest {

    @Test
    void aKeyThatSendsTooManyWagersIsToldWhenToComeAgain() {
        var first = batch(SLOW_BURST - 1);
        var second = batch(2);
        var third = single();

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("\"wagers\";q=" + SLOW_BURST + ";w="));
        assertThat(first.headers().firstValue("RateLimit"))
                .hasValueSatisfying(left -> assertThat(left).startsWith("\"wagers\";r=1;t="));
        for (var refused : new HttpResponse<?>[] {second, third}) {
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isPositive();
        }
        assertThat(json(second).at("/type").asText()).isEqualTo("urn:wager:problem:rate-limited");
        assertThat(publisher.published()).hasSize(SLOW_BURST - 1);
    }

    @Test
    void aBatchThatCanNeverPassIsNotToldToComeAgain() {
        var answer = as(slowBatchKey(), wagers(SLOW_BURST + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(json(answer).at("/detail").asText()).contains("at most " + SLOW_BURST);
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void whatNeedsNoKeyIsNotLimited() {
        assertThat(get("/livez").headers().firstValue("RateLimit")).isEmpty();
    }

    @Test
    void readsHaveAQuotaOfTheirOwn() {
        var answer = send(request("/api/player/topSpenders")
                .header("X-API-Key", key(Role.WAGERS_READ).token())
                .GET());

        assertThat(answer.headers().firstValue("RateLimit"))
                .hasValueSatisfying(left -> assertThat(left).startsWith("\"requests\";r="));
    }

    @Test
    void anAddressThatFailsToLogInTooOftenIsThrottledAndAValidKeyFromItIsNot() throws IOException {
        var wrong = "GET /api/player/topSpenders HTTP/1.1\r\nHost: a\r\nX-API-Key: wrong\r\n\r\n";
        var right = "GET /api/player/topSpenders HTTP/1.1\r\nHost: a\r\nX-API-Key: "
                + key(Role.WAGERS_READ).token() + "\r\nConnection: close\r\n\r\n";

        var answers = new StringBuilder();
        // A connection serves 100 requests. The first two use up what the address has; it gets one back each second.
        for (var connection = 0; connection < 3; connection++) {
            answers.append(fromAnotherAddress(wrong.repeat(FAILED_LOGINS / 2 - 1) + right));
        }

        assertThat(count(answers, "HTTP/1.1 401 ")).isGreaterThanOrEqualTo(FAILED_LOGINS);
        assertThat(count(answers, "HTTP/1.1 429 ")).isPositive();
        assertThat(count(answers, "Retry-After: ")).isPositive();
        assertThat(count(answers, "RateLimit-Policy: \"failed-logins\";q=" + FAILED_LOGINS))
                .isPositive();
        assertThat(count(answers, "RateLimit: \"failed-logins\";r=0;t=")).isPositive();
        assertThat(count(answers, "HTTP/1.1 200 ")).isEqualTo(3);
    }

    private HttpResponse<String> single() {
        return send(request(SINGLE)
                .header("X-API-Key", slowKey())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(WagerEncoder.encode(aWager().build()))));
    }

    private HttpResponse<String> batch(int size) {
        return as(slowKey(), wagers(size));
    }

    private HttpResponse<String> as(String key, String body) {
        return send(request(BATCH)
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String wagers(int size) {
        return IntStream.range(0, size)
                .mapToObj(number -> new String(WagerEncoder.encode(aWager().build()), StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String fromAnotherAddress(String bytes) throws IOException {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), port(), InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int count(CharSequence text, String part) {
        return text.toString().split(part, -1).length - 1;
    }
}
