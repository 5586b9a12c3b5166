package io.wager.api.http;

import static io.wager.api.support.Gzip.gzip;
import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.api.support.ApiTest;
import io.wager.core.wager.WagerEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Bodies that come compressed. */
class ContentCodingSliceTest extends ApiTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final byte[] ONE = WagerEncoder.encode(aWager().build());

    @Autowired
    private MemoryBudget budget;

    @AfterEach
    void nothingIsHeldInTheEnd() {
        await().until(() -> budget.used() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZip", " gzip "})
    void aWagerMayComeInGzip(String coding) {
        assertThat(post(SINGLE, coding, gzip(ONE)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", ""})
    void aWagerMayComeAsItIs(String coding) {
        assertThat(post(SINGLE, coding, ONE).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyMayBeOfSeveralPartsThatWereCompressedApart() {
        var half = ONE.length / 2;
        var body = new ByteArrayOutputStream();
        body.writeBytes(gzip(Arrays.copyOf(ONE, half)));
        body.writeBytes(gzip(Arrays.copyOfRange(ONE, half, ONE.length)));

        assertThat(post(SINGLE, "gzip", body.toByteArray()).statusCode()).isEqualTo(200);
    }

    @Test
    void aBatchMayComeInGzipAndChunked() {
        var lines = new ByteArrayOutputStream();
        for (var line = 0; line < 100; line++) {
            lines.writeBytes(WagerEncoder.encode(aWager().build()));
            lines.write('\n');
        }
        var coded = gzip(lines.toByteArray());

        var response = send(request(BATCH)
                .header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(coded))));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("/accepted").asInt()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "zstd", "gzip, gzip", "gzip, identity", "nonsense", "*"})
    void anotherCodingIsRefusedWithThoseThatAreTaken(String coding) {
        var response = post(SINGLE, coding, gzip(ONE));

        problem(response, 415, "unsupported-content-coding");
        assertThat(response.headers().firstValue("Accept-Encoding")).contains("gzip, identity");
    }

    @Test
    void codingsInSeveralHeadersAreAListOfThem() {
        var response = send(request(SINGLE)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip(gzip(ONE)))));

        problem(response, 415, "unsupported-content-coding");
    }

    @Test
    void anotherMediaTypeSaysNothingOfCodings() {
        var response = send(request(SINGLE)
                .header("Content-Type", "text/plain")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip(ONE))));

        problem(response, 415, "unsupported-media-type");
        assertThat(response.headers().firstValue("Accept-Encoding")).isEmpty();
    }

    @Test
    void whatIsNoGzipIsMalformed() {
        problem(post(SINGLE, "gzip", ONE), 400, "malformed-gzip");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 40, -9, -8, -1})
    void gzipThatEndsTooEarlyIsMalformed(int length) {
        var coded = gzip(ONE);
        var cut = length > 0 ? length : coded.length + length;

        problem(post(SINGLE, "gzip", Arrays.copyOf(coded, cut)), 400, "malformed-gzip");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 17, 100})
    void whatFollowsTheGzipMakesItMalformed(int more) {
        var coded = gzip(ONE);

        problem(post(SINGLE, "gzip", Arrays.copyOf(coded, coded.length + more)), 400, "malformed-gzip");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -5, 12, 60})
    void gzipThatWasChangedOnItsWayIsMalformed(int place) {
        var coded = gzip(ONE);
        coded[place > 0 ? place : coded.length + place] ^= 0x55;

        problem(post(SINGLE, "gzip", coded), 400, "malformed-gzip");
    }

    @Test
    void gzipOfWhatIsNoJsonIsMalformedJson() {
        problem(post(SINGLE, "gzip", gzip("{".getBytes(StandardCharsets.UTF_8))), 400, "malformed-json");
    }

    @Test
    void theLimitsAreThoseOfWhatTheBodyInflatesTo() {
        problem(post(SINGLE, "gzip", gzip(blank(MEGABYTE + 1))), 413, "content-too-large");
        problem(post(BATCH, "gzip", gzip(blank(8 * MEGABYTE + 1))), 413, "content-too-large");
        // Of nothing but blanks, and let in.
        problem(post(SINGLE, "gzip", gzip(blank(MEGABYTE))), 400, "malformed-json");
        problem(post(BATCH, "gzip", gzip(blank(8 * MEGABYTE))), 400, "invalid-batch");
    }

    @Test
    void aBombIsCutOff() {
        var inner = gzip(new byte[64 * MEGABYTE]);
        var bomb = new ByteArrayOutputStream();
        for (var part = 0; part < 10; part++) {
            bomb.writeBytes(inner);
        }

        problem(post(SINGLE, "gzip", bomb.toByteArray()), 413, "content-too-large");
    }

    @Test
    void whatInflatesToNothingHasALimitToo() {
        var nothing = gzip(new byte[0]);
        var body = new ByteArrayOutputStream();
        while (body.size() < 2 * MEGABYTE) {
            body.writeBytes(nothing);
        }

        problem(post(SINGLE, "gzip", body.toByteArray()), 413, "content-too-large");
    }

    @Test
    void aBodyThatIsLeftOutNeedsNoCoding() {
        var id = "00000000-0000-0000-0000-000000000001";

        problem(post("/api/admin/dead-letters/" + id + "/requeue", "gzip", new byte[0]), 404, "dead-letter-unknown");
    }

    private HttpResponse<String> post(String path, String coding, byte[] body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", coding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] blank(int size) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) ' ');
        return bytes;
    }

    private static void problem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:" + type);
    }
}
