package io.wager.standalone.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A person, and a game server, at the HTTP interface of a running wager. */
final class Operator {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Function<String, URI> uri;

    Operator(Function<String, URI> uri) {
        this.uri = uri;
    }

    void post(List<Wager> wagers) {
        var lines = new StringBuilder();
        for (var wager : wagers) {
            lines.append(text(wager)).append('\n');
        }
        var answer = send(HttpRequest.newBuilder(uri.apply("/api/player/casinowagers"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines.toString())));
        assertThat(json(answer).at("/accepted").asInt()).as(answer.body()).isEqualTo(wagers.size());
    }

    BigDecimal totalOf(Wager anyOfThePlayer) {
        for (var spender : get("/api/player/topSpenders?count=1000")) {
            if (spender.at("/accountId")
                    .asText()
                    .equals(anyOfThePlayer.accountId().toString())) {
                return spender.at("/totalAmountSpend").decimalValue();
            }
        }
        return BigDecimal.ZERO;
    }

    /** The letters, all pages. */
    List<JsonNode> letters(String query) {
        List<JsonNode> letters = new ArrayList<>();
        @Nullable String path = "/api/admin/dead-letters?limit=200&" + query;
        while (path != null) {
            var answer = send(HttpRequest.newBuilder(uri.apply(path)));
            json(answer).at("/deadLetters").forEach(letters::add);
            path = answer.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse(null);
        }
        return letters;
    }

    JsonNode letter(String id) {
        return get("/api/admin/dead-letters/" + id);
    }

    void edit(String id, Wager wager) {
        var answer = send(HttpRequest.newBuilder(uri.apply("/api/admin/dead-letters/" + id + "/body"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"reason\":\"another wager\",\"body\":" + text(wager) + "}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    HttpResponse<String> requeue(String id) {
        return send(HttpRequest.newBuilder(uri.apply("/api/admin/dead-letters/" + id + "/requeue"))
                .header("X-Actor", "Zoe")
                .POST(BodyPublishers.noBody()));
    }

    JsonNode job(String request) {
        var answer = send(HttpRequest.newBuilder(uri.apply("/api/admin/requeue-jobs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request)));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        return json(answer);
    }

    JsonNode jobNow(String id) {
        return get("/api/admin/requeue-jobs/" + id);
    }

    JsonNode get(String path) {
        return json(send(HttpRequest.newBuilder(uri.apply(path))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }

    private static String text(Wager wager) {
        return new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8);
    }
}
