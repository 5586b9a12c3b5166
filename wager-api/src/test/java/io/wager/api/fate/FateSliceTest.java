package io.wager.api.fate;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiTest;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.WagerEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FateSliceTest extends ApiTest {

    private static final String FATES = "/api/player/casinowager/fates";
    private static final String KNOWN = "00000000-0000-0000-0000-00000000000a";
    private static final String UNKNOWN = "00000000-0000-0000-0000-00000000000b";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storedWagerIsAnsweredInFullAsItWasSent(boolean isFull) {
        var builder = aWager().withId(KNOWN).named("Zoë 🎲").of("0.00000001");
        var wager = (isFull ? builder : builder.withRequiredPropertiesOnly()).build();
        stored.store(wager);

        var response = get("/api/Player/CasinoWager/" + KNOWN.toUpperCase(Locale.ROOT));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"wagerId\":\"" + KNOWN + "\",\"status\":\"stored\",\"conflicts\":0,\"wager\":"
                        + new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8) + "}");
    }

    @Test
    void distinctOtherContentsAreCounted() {
        var wager = aWager().withId(KNOWN).build();
        stored.store(wager);
        stored.conflict(wager.wagerId(), ContentHash.of(aWager().build()).bytes());
        stored.conflict(wager.wagerId(), ContentHash.of(aWager().build()).bytes());

        var one = get("/api/player/casinowager/" + KNOWN);
        var many = post(FATES, "{\"wagerIds\": [\"" + KNOWN + "\"]}");

        assertThat(json(one).at("/conflicts").asInt()).isEqualTo(2);
        assertThat(json(many).at("/fates/0/conflicts").asInt()).isEqualTo(2);
    }

    @Test
    void wagerThatNobodyKnowsIsNotFound() {
        var response = get("/api/player/casinowager/" + UNKNOWN);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:wager-unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1-1-1-1", "fates", "00000000-0000-0000-0000-00000000000g"})
    void idThatIsNoUuidIsRefused(String id) {
        var response = get("/api/player/casinowager/" + id);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/errors/0/parameter").asText()).isEqualTo("wagerId");
        assertThat(json(response).at("/errors/0/code").asText()).isEqualTo("not-a-uuid");
    }

    @Test
    void fatesComeInTheOrderAskedWithRepeats() {
        stored.store(aWager().withId(KNOWN).build());

        var response = post(
                FATES,
                "{\"x\": {}, \"WAGERIDS\": [\"" + UNKNOWN + "\", \"" + KNOWN.toUpperCase(Locale.ROOT) + "\", \""
                        + UNKNOWN + "\"]}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"fates\":[{\"wagerId\":\"" + UNKNOWN
                        + "\",\"status\":\"unknown\",\"conflicts\":0},{\"wagerId\":\""
                        + KNOWN + "\",\"status\":\"stored\",\"conflicts\":0},{\"wagerId\":\"" + UNKNOWN
                        + "\",\"status\":\"unknown\",\"conflicts\":0}]}");
    }

    @Test
    void thousandMayBeAskedAndOneMoreMayNot() {
        var thousand = IntStream.range(0, 1_000)
                .mapToObj("\"00000000-0000-0000-0000-%012d\""::formatted)
                .collect(Collectors.joining(",", "{\"wagerIds\":[", "]}"));

        assertThat(json(post(FATES, thousand)).at("/fates")).hasSize(1_000);
        var tooMany = post(FATES, thousand.replace("]", ",\"" + KNOWN + "\"]"));
        assertThat(tooMany.statusCode()).isEqualTo(400);
        assertThat(json(tooMany).at("/errors/0/pointer").asText()).isEqualTo("/wagerIds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/wagerIds required",
                "{'wagerIds': null}|/wagerIds required",
                "{'wagerIds': []}|/wagerIds out-of-range",
                "{'wagerIds': 'x'}|/wagerIds wrong-type",
                "{'wagerIds': ['x', 7, [1]]}|/wagerIds/0 not-a-uuid,/wagerIds/1 wrong-type,/wagerIds/2 wrong-type",
                "{'wagerIds': ['x'], 'wagerids': []}|/wagerIds/0 not-a-uuid,/wagerIds duplicate-property",
                "[]| wrong-type"
            })
    void everyFaultOfTheBodyIsNamed(String body, String faults) {
        var response = post(FATES, body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        var found = new ArrayList<String>();
        json(response)
                .at("/errors")
                .forEach(error -> found.add(
                        error.at("/pointer").asText() + " " + error.at("/code").asText()));
        assertThat(String.join(",", found).trim()).isEqualTo(faults);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"wagerIds\": [}", "{\"wagerIds\": []} x"})
    void whatIsNotJsonIsMalformed(String body) {
        var response = post(FATES, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:malformed-json");
    }
}
