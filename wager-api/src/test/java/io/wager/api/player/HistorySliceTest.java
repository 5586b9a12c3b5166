package io.wager.api.player;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.api.support.ApiTest;
import io.wager.core.wager.Wager;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistorySliceTest extends ApiTest {

    private static final String PLAYER = "2c937b23-03ae-4110-90d5-47d055d89001";
    private static final String PATH = "/api/player/" + PLAYER + "/casino";
    private static final Pattern NEXT = Pattern.compile("<(?<uri>[^>]+)>; rel=\"next\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/player/2c937b23-03ae-4110-90d5-47d055d89001/casino",
                "/api/player/2C937B23-03AE-4110-90D5-47D055D89001/wagers",
                "/API/Player/2c937b23-03ae-4110-90d5-47d055d89001/Casino"
            })
    void wagerIsShownAsTheContractSpellsIt(String path) {
        stored.store(aWager().by(PLAYER)
                .withId("00000000-0000-0000-0000-0000000000AB")
                .on("P", "G")
                .of("0.000000010")
                .placedAt("2026-05-17T22:04:10.494767900Z")
                .build());

        var response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Link")).isEmpty();
        assertThat(response.body())
                .isEqualTo("{\"data\":[{\"wagerId\":\"00000000-0000-0000-0000-0000000000ab\",\"game\":\"G\","
                        + "\"provider\":\"P\",\"amount\":0.00000001,\"createdDate\":\"2026-05-17T22:04:10.4947679Z\"}],"
                        + "\"page\":1,\"pageSize\":10,\"total\":1,\"totalPages\":1}");
    }

    @Test
    void unknownPlayerHasNoWagers() {
        var response = get(PATH);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response))
                .isEqualTo(json("{\"data\":[],\"page\":1,\"pageSize\":10,\"total\":0,\"totalPages\":0}"));
    }

    @Test
    void latestComesFirstAndTiesComeByIdAsItIsSpelt() {
        stored.store(
                wager("80000000-0000-0000-0000-000000000000", "2026-01-02T00:00:00Z"),
                wager("7fffffff-0000-0000-0000-000000000000", "2026-01-02T00:00:00Z"),
                wager("00000000-0000-0000-0000-000000000003", "2026-01-01T00:00:00Z"),
                wager("00000000-0000-0000-8000-000000000004", "2026-01-02T00:00:00.0000001Z"));

        var response = get(PATH);

        assertThat(ids(response))
                .containsExactly(
                        "00000000-0000-0000-8000-000000000004",
                        "7fffffff-0000-0000-0000-000000000000",
                        "80000000-0000-0000-0000-000000000000",
                        "00000000-0000-0000-0000-000000000003");
    }

    @Test
    void pagesAreCountedAndCut() {
        storeMany(5);

        var second = get(PATH + "?page=2&pageSize=2");
        var beyond = get(PATH + "?page=2147483647&pageSize=100");

        assertThat(ids(second)).containsExactly(id(2), id(3));
        assertThat(json(second).at("/total").asInt()).isEqualTo(5);
        assertThat(json(second).at("/totalPages").asInt()).isEqualTo(3);
        assertThat(json(second).at("/page").asInt()).isEqualTo(2);
        assertThat(ids(beyond)).isEmpty();
        assertThat(json(beyond).at("/total").asInt()).isEqualTo(5);
    }

    @Test
    void nextLinksLeadThroughTheWholeHistoryWithoutGapsOrRepeats() {
        storeMany(7);
        stored.store(aWager().placedAt("2026-01-01T00:00:00Z").build());

        List<String> seen = new ArrayList<>();
        var response = get(PATH + "?pageSize=2");
        for (var next = next(response); ; next = next(response)) {
            seen.addAll(ids(response));
            if (next.isEmpty()) {
                break;
            }
            response = get(next.get());
            assertThat(response.statusCode()).isEqualTo(200);
        }

        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, 7).mapToObj(HistorySliceTest::id).toList());
        assertThat(json(response).has("total")).isFalse();
        assertThat(json(response).has("page")).isFalse();
    }

    @Test
    void filtersKeepOnlyWhatTheySay() {
        stored.store(
                aWager().by(PLAYER)
                        .withId(id(1))
                        .on("Mörk & Co", "G")
                        .placedAt("2026-01-01T00:00:00Z")
                        .build(),
                aWager().by(PLAYER)
                        .withId(id(2))
                        .on("Mörk & Co", "H")
                        .placedAt("2026-01-01T23:59:59.9999999Z")
                        .build(),
                aWager().by(PLAYER)
                        .withId(id(3))
                        .on("Q", "G")
                        .placedAt("2026-01-02T00:00:00Z")
                        .build());

        assertThat(ids(get(PATH + "?provider=M%C3%B6rk%20%26%20Co"))).containsExactly(id(2), id(1));
        assertThat(ids(get(PATH + "?game=G"))).containsExactly(id(3), id(1));
        assertThat(ids(get(PATH + "?game=G&provider=Q"))).containsExactly(id(3));
        assertThat(ids(get(PATH + "?provider=Nobody"))).isEmpty();
        assertThat(ids(get(PATH + "?to=2026-01-01"))).containsExactly(id(2), id(1));
        assertThat(ids(get(PATH + "?from=2026-01-02&to=9999-12-31"))).containsExactly(id(3));
        assertThat(json(get(PATH + "?game=G")).at("/total").asInt()).isEqualTo(2);
    }

    @Test
    void nextLinkKeepsTheFilters() {
        stored.store(
                aWager().by(PLAYER)
                        .withId(id(1))
                        .on("Mörk & Co", "G")
                        .placedAt("2026-01-03T00:00:00Z")
                        .build(),
                aWager().by(PLAYER)
                        .withId(id(2))
                        .on("Q", "G")
                        .placedAt("2026-01-02T00:00:00Z")
                        .build(),
                aWager().by(PLAYER)
                        .withId(id(3))
                        .on("Mörk & Co", "G")
                        .placedAt("2026-01-01T00:00:00Z")
                        .build());

        var first = get(PATH + "?pageSize=1&provider=M%C3%B6rk%20%26%20Co&from=2026-01-01");
        var second = get(next(first).orElseThrow());

        assertThat(ids(second)).containsExactly(id(3));
        assertThat(next(second)).isEmpty();
    }

    @Test
    void cursorOfAnotherFilterOrPlayerIsRefused() {
        storeMany(2);
        var cursor = next(get(PATH + "?pageSize=1")).orElseThrow().replaceAll(".*cursor=([^&]+).*", "$1");

        assertThat(get(PATH + "?cursor=" + cursor).statusCode()).isEqualTo(200);
        assertThat(faults(get(PATH + "?game=G&cursor=" + cursor))).containsExactly("cursor broken-cursor");
        assertThat(faults(get(PATH.replace("9001", "9002") + "?cursor=" + cursor)))
                .containsExactly("cursor broken-cursor");
        assertThat(faults(get(PATH + "?page=1&cursor=" + cursor))).containsExactly("cursor excludes-page");
        for (var i = 0; i < cursor.length(); i++) {
            var other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            var broken = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertThat(get(PATH + "?cursor=" + broken).statusCode()).as(broken).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page=0|page out-of-range",
                "page=x|page out-of-range",
                "page=|page out-of-range",
                "page=2147483648|page out-of-range",
                "pageSize=0|pageSize out-of-range",
                "pageSize=101|pageSize out-of-range",
                "page=1&page=1|page repeated",
                "page=0&pageSize=0&from=x|from not-a-date,pageSize out-of-range,page out-of-range",
                "from=2026-02-30|from not-a-date",
                "from=2026-01-01T00:00:00Z|from not-a-date",
                "from=0000-01-01|from not-a-date",
                "from=2026-01-02&to=2026-01-01|to out-of-range",
                "provider=%20|provider blank",
                "cursor=x|cursor broken-cursor",
                "cursor=|cursor broken-cursor"
            })
    void everyFaultOfTheQueryIsNamed(String query, String expected) {
        var response = get(PATH + "?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:invalid-parameters");
        assertThat(String.join(",", faults(response))).isEqualTo(expected);
    }

    @Test
    void idInThePathAndTheQueryAreJudgedTogether() {
        var response = get("/api/player/1-1-1-1-1/wagers?page=0");

        assertThat(faults(response)).containsExactly("accountId not-a-uuid", "page out-of-range");
    }

    private void storeMany(int count) {
        for (var i = 0; i < count; i++) {
            // Two at a time, so that pages end between wagers of the same moment.
            stored.store(wager(id(i), "2026-01-%02dT00:00:00Z".formatted(20 - i / 2)));
        }
    }

    private static Wager wager(String id, String placedAt) {
        return aWager().by(PLAYER).withId(id).placedAt(placedAt).build();
    }

    private static String id(int number) {
        return "00000000-0000-0000-0000-%012d".formatted(number);
    }

    private static Optional<String> next(HttpResponse<String> response) {
        return response.headers().firstValue("Link").map(link -> {
            var matcher = NEXT.matcher(link);
            assertThat(matcher.matches()).as(link).isTrue();
            return matcher.group("uri");
        });
    }

    private static List<String> ids(HttpResponse<String> response) {
        return json(response).at("/data").findValuesAsText("wagerId");
    }

    private static List<String> faults(HttpResponse<String> response) {
        List<String> faults = new ArrayList<>();
        for (JsonNode error : json(response).at("/errors")) {
            faults.add(error.at("/parameter").asText() + " " + error.at("/code").asText());
        }
        return faults;
    }
}
