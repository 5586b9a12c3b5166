package io.wager.api.hostile;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiTest;
import io.wager.core.wager.WagerEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests whose end two servers could see in two places: a second one inside must never be carried out. */
class SmugglingSliceTest extends ApiTest {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    private static final String POST =
            "POST /api/player/casinowager HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    /** A wager that would be accepted, were it taken for a request of its own. */
    private static final String INSIDE = inside();

    static Stream<Arguments> attempts() {
        var chunked = "0\r\n\r\n" + INSIDE;
        return Stream.of(
                Arguments.of(
                        "both lengths", POST + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked),
                Arguments.of(
                        "both lengths, the other order",
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: " + chunked.length() + "\r\n\r\n"
                                + chunked),
                Arguments.of(
                        "two lengths",
                        POST + "Content-Length: 2\r\nContent-Length: " + (2 + INSIDE.length()) + "\r\n\r\n{}" + INSIDE),
                Arguments.of(
                        "two lengths in one",
                        POST + "Content-Length: 2, " + (2 + INSIDE.length()) + "\r\n\r\n{}" + INSIDE),
                Arguments.of("a sign", POST + "Content-Length: +2\r\n\r\n{}" + INSIDE),
                Arguments.of("a negative length", POST + "Content-Length: -1\r\n\r\n" + INSIDE),
                Arguments.of("hexadecimal", POST + "Content-Length: 0x2\r\n\r\n{}" + INSIDE),
                Arguments.of("a coding that is none", POST + "Transfer-Encoding: xchunked\r\n\r\n" + chunked),
                Arguments.of("chunked twice", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n" + chunked),
                Arguments.of("chunked, then not", POST + "Transfer-Encoding: chunked, identity\r\n\r\n" + chunked),
                Arguments.of("a tab before the coding", POST + "Transfer-Encoding:\u000bchunked\r\n\r\n" + chunked),
                Arguments.of("a blank before the colon", POST + "Transfer-Encoding : chunked\r\n\r\n" + chunked),
                Arguments.of(
                        "a folded line",
                        POST + "Transfer-Encoding:\r\n chunked\r\nContent-Length: 2\r\n\r\n" + chunked),
                Arguments.of("a bare line feed", POST + "X: y\nContent-Length: 0\r\n\r\n"),
                Arguments.of("a bare carriage return", POST + "X: y\rContent-Length: 0\r\n\r\n" + INSIDE),
                Arguments.of("NUL in a header", POST + "X: \u0000\r\nContent-Length: 2\r\n\r\n{}" + INSIDE),
                Arguments.of(
                        "a chunk size that is none",
                        POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" + INSIDE),
                Arguments.of(
                        "a chunk size that overflows",
                        POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n{}\r\n0\r\n\r\n" + INSIDE),
                Arguments.of(
                        "a chunk that is longer than it says",
                        POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n" + INSIDE),
                Arguments.of("two hosts", "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + INSIDE),
                Arguments.of("no host", "GET /livez HTTP/1.1\r\n\r\n" + INSIDE),
                Arguments.of("a host that is none", "GET /livez HTTP/1.1\r\nHost: a b\r\n\r\n" + INSIDE),
                Arguments.of("another host in the line", "GET http://b/livez HTTP/1.1\r\nHost: a\r\n\r\n" + INSIDE),
                Arguments.of("a version that is none", "GET /livez HTTP/9.9\r\nHost: a\r\n\r\n" + INSIDE),
                Arguments.of("HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + INSIDE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void isRefusedAndNothingInsideIsCarriedOut(String name, String bytes) throws IOException {
        var answers = statuses(bytes);

        assertThat(publisher.published()).as("what was inside").isEmpty();
        // The connection ends with the refusal, or without one, so that nothing behind it is taken for a request.
        assertThat(answers)
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(status -> assertThat(status).isBetween(400, 505).isNotEqualTo(500));
    }

    /** So that the attempts mean something: what is inside them is taken where it stands for itself. */
    @Test
    void behindAnHonestRequestTheSecondOneIsCarriedOut() throws IOException {
        assertThat(statuses("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n" + INSIDE)).containsExactly(200, 200);
        assertThat(publisher.published()).hasSize(1);
    }

    private List<Integer> statuses(String bytes) throws IOException {
        return STATUS_LINE
                .matcher(sendRaw(bytes))
                .results()
                .map(result -> Integer.valueOf(result.group(1)))
                .toList();
    }

    private static String inside() {
        var body = new String(WagerEncoder.encode(aWager().build()), StandardCharsets.ISO_8859_1);
        return POST + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
