package io.wager.api.wager;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.api.support.ApiTest;
import io.wager.api.support.FakePublisher;
import io.wager.api.support.TestApi;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleWagerSliceTest extends ApiTest {

    private static final String REQUIRED = """
            "wagerId": "6581621C-2f86-422d-bf1e-9b92a6efb539", "accountId": "2c937b23-03ae-4110-90d5-47d055d89001",
            "Username": "Marit", "provider": "P", "gameName": "G", "amount": 10.50,
            "createdDateTime": "2026-05-18T00:04:10.4947679+02:00\"""";

    @Test
    void acceptedWagerIsAnsweredWithItsIdInLowerCase() {
        var response = post(SINGLE, "{" + REQUIRED + "}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(response))
                .isEqualTo(json("{\"wagerId\": \"6581621c-2f86-422d-bf1e-9b92a6efb539\", \"status\": \"accepted\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/Player/CasinoWager", "/API/PLAYER/CASINOWAGER", "/api/player/casinoWager"})
    void pathMatchesInAnyLetterCase(String path) {
        var response = post(path, json(aWager().build()));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void messageCarriesTheCanonicalBodyAndTheContractsProperties() {
        var wager = aWager().build();
        var request = request(SINGLE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("X-Correlation-Id", "load test 7")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .POST(BodyPublishers.ofString(json(wager).replace("\"username\"", "\"USERNAME\"")));

        var response = send(request);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Correlation-Id")).contains("load test 7");
        assertThat(publisher.published()).singleElement().satisfies(published -> {
            assertThat(published.destination()).isEqualTo(Topology.WAGERS);
            var message = published.message();
            assertThat(message.messageId()).isEqualTo(wager.wagerId().toString());
            assertThat(message.type()).isEqualTo("casino-wager");
            assertThat(message.contentType()).isEqualTo("application/json");
            assertThat(message.correlationId()).isEqualTo("load test 7");
            assertThat(message.timestamp()).isEqualTo(TestApi.NOW);
            assertThat(message.headers()).containsEntry(MessageHeaders.SCHEMA_VERSION, 1);
            assertThat(message.headerText(MessageHeaders.TRACEPARENT))
                    .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01")
                    .doesNotContain("b7ad6b7169203331");
            assertThat(message.body()).isEqualTo(WagerEncoder.encode(wager));
        });
    }

    @Test
    void requestWithoutTraceOrCorrelationGetsItsOwn() {
        var response = post(SINGLE, json(aWager().build()));

        var message = publisher.published().getFirst().message();
        assertThat(message.headerText(MessageHeaders.TRACEPARENT))
                .matches("00-" + message.correlationId() + "-[0-9a-f]{16}-00");
        assertThat(response.headers().firstValue("X-Correlation-Id")).contains(message.correlationId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/wagerId required,/accountId required,/username required,/provider required,/gameName required,/amount required,/createdDateTime required",
                "{R, 'amount': 1}|/amount duplicate-property",
                "{R, 'AMOUNT': 1, 'x': 1, 'X': 2}|/amount duplicate-property,/X duplicate-property",
                "{R, 'theme': 7}|/theme wrong-type",
                "{R, 'brandId': '1-1-1-1-1'}|/brandId not-a-uuid",
                "{R, 'numberOfBets': 0, 'duration': -1}|/numberOfBets out-of-range,/duration out-of-range",
                "{R, 'numberOfBets': 1.5}|/numberOfBets out-of-range",
                "{R, 'countryCode': 'SWE'}|/countryCode not-a-country-code",
                "{R, 'sessionData': 'a\\u0000'}|/sessionData illegal-character",
                "[]|'' wrong-type",
                "7|'' wrong-type"
            })
    void everyFaultIsNamedWithItsPointer(String body, String faults) {
        var response = post(SINGLE, body.replace("'", "\"").replace("R", REQUIRED));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:validation");
        assertThat(faults(response)).isEqualTo(faults.replace("''", ""));
        assertThat(publisher.published()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10.50|-1|/amount out-of-range",
                "10.50|1234567890123456|/amount too-many-digits",
                "10.50|1e-19|/amount too-many-digits",
                "10.50|1e999999999|/amount too-many-digits",
                "10.50|\"7\"|/amount wrong-type",
                "\"Marit\"|\"  \"|/username blank",
                "\"Marit\"|null|/username required",
                "2026-05-18T00:04:10.4947679+02:00|2026-05-18T00:04:10|/createdDateTime not-a-timestamp",
                "2026-05-18T00:04:10.4947679+02:00|2026-11-21T12:05:00.001Z|/createdDateTime in-the-future"
            })
    void badValueIsNamed(String good, String bad, String fault) {
        var response = post(SINGLE, "{" + REQUIRED.replace(good, bad) + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(faults(response)).isEqualTo(fault);
    }

    @Test
    void tooLongTextIsNamed() {
        var response = post(SINGLE, "{" + REQUIRED.replace("Marit", "x".repeat(101)) + "}");

        assertThat(faults(response)).isEqualTo("/username too-long");
    }

    @Test
    void timeAsFarAheadAsTheSkewAllowsIsAccepted() {
        var wager = aWager().placedAt("2026-11-21T12:05:00Z").build();

        var response = post(SINGLE, json(wager));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "{\"amount\": 01}", "{} {}", "{\"a\": NaN}"})
    void whatIsNotJsonIsMalformed(String body) {
        var response = post(SINGLE, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:malformed-json");
        assertThat(response.body()).doesNotContain("com.fasterxml").doesNotContain("Exception");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void whatIsNotDurableIsAnswered503WithItsOwnType(Reason reason) {
        publisher.answer(message -> FakePublisher.failed(reason));

        var response = post(SINGLE, json(aWager().build()));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(response).at("/type").asText())
                .isEqualTo("urn:wager:problem:broker-" + reason.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void publisherThatNeverAnswersDoesNotHoldTheRequestForEver() {
        publisher.answer(message -> new CompletableFuture<>());

        var response = post(SINGLE, json(aWager().build()));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:broker-unconfirmed");
    }

    @Test
    void faultOfThePublisherIsA500ThatTellsNothing() {
        publisher.answer(message -> {
            throw new IllegalStateException("secret");
        });

        var response = post(SINGLE, json(aWager().build()));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret").doesNotContain("IllegalState");
    }

    @Test
    void bodyOverTheLimitIsRefusedByItsLength() {
        var response = post(SINGLE, " ".repeat(1024 * 1024) + "{}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:content-too-large");
    }

    @Test
    void bodyOverTheLimitIsRefusedWhenChunked() {
        var body = (" ".repeat(1024 * 1024) + "{}").getBytes(StandardCharsets.UTF_8);
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));

        var response = post(SINGLE, "application/json", chunked);

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void bodyOfExactlyTheLimitIsRead() {
        var wager = json(aWager().build());
        var padding = 1024 * 1024 - wager.getBytes(StandardCharsets.UTF_8).length;

        var response = post(SINGLE, wager + " ".repeat(padding));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    private static String json(Wager wager) {
        return new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8);
    }

    private static String faults(HttpResponse<String> response) {
        return StreamSupport.stream(json(response).at("/errors").spliterator(), false)
                .map(SingleWagerSliceTest::fault)
                .collect(Collectors.joining(","));
    }

    private static String fault(JsonNode error) {
        assertThat(error.at("/detail").asText()).isNotBlank();
        return error.at("/pointer").asText() + " " + error.at("/code").asText();
    }
}
