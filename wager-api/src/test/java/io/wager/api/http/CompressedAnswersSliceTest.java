package io.wager.api.http;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wager.api.schema.Columns;
import io.wager.api.support.ApiTest;
import io.wager.api.support.ArchivedDeadLetters.Letter;
import io.wager.core.wager.WagerEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class CompressedAnswersSliceTest extends ApiTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"/v3/api-docs", "/actuator/prometheus", "/"})
    void largeAnswersAreCompressedForWhoAsks(String path) throws Exception {
        var compressed = accepting(request(path), "gzip");

        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(vary(compressed)).contains("accept-encoding");
        assertThat(compressed.headers().firstValue("ETag")).isEmpty();
        assertThat(inflated(compressed)).hasSizeGreaterThan(compressed.body().length);
    }

    @Test
    void whatIsCompressedIsWhatOthersGet() throws Exception {
        assertThat(inflated(accepting(request("/v3/api-docs"), "gzip")))
                .isEqualTo(get("/v3/api-docs").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "gzip;q=0"})
    void whoDoesNotAskGetsThemAsTheyAre(String accepted) throws Exception {
        var answer = accepting(request("/v3/api-docs"), accepted);

        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(vary(answer)).as("for caches").contains("accept-encoding");
    }

    @ParameterizedTest
    @CsvSource({"/livez, 200", "/nowhere, 404", "/api/player/topSpenders, 200"})
    void smallAnswersAreNot(String path, int status) throws Exception {
        var answer = accepting(request(path), "gzip");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void theReceiptOfAWagerIsNot() throws Exception {
        var wager = WagerEncoder.encode(aWager().build());
        var request = request(SINGLE)
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(wager));

        var answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
    }

    @Test
    void aLargeProblemIsCompressedToo() throws Exception {
        var answer = accepting(request("/nowhere/" + "x".repeat(3_000)), "gzip");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(json(inflated(answer)).at("/type").asText()).isEqualTo("urn:wager:problem:not-found");
    }

    @Test
    void anExportIsCompressedAsItGoes() throws Exception {
        archiveUndecodable(300);
        var export = "/api/admin/dead-letters/export";

        var compressed = accepting(request(export), "gzip");

        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(inflated(compressed)).isEqualTo(get(export).body());
    }

    @Test
    void anExportThatFailsInItsMiddleIsCutThoughItIsCompressed() {
        archiveUndecodable(50);
        var last = Letter.undecodable("the last");
        archived.archive(last);
        jdbc.sql("UPDATE dead_letter_content SET headers = 'broken' WHERE dead_letter_id = ?")
                .param(Columns.bytes(last.id()))
                .update();

        assertThatThrownBy(() -> accepting(request("/api/admin/dead-letters/export"), "gzip"))
                .isInstanceOf(IOException.class);
    }

    private void archiveUndecodable(int letters) {
        for (var letter = 0; letter < letters; letter++) {
            archived.archive(Letter.undecodable("rubbish " + letter));
        }
    }

    private static HttpResponse<byte[]> accepting(HttpRequest.Builder request, String codings) throws Exception {
        return CLIENT.send(request.header("Accept-Encoding", codings).GET().build(), BodyHandlers.ofByteArray());
    }

    private static String vary(HttpResponse<?> response) {
        return String.join(",", response.headers().allValues("Vary")).toLowerCase(Locale.ROOT);
    }

    private static String inflated(HttpResponse<byte[]> response) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
