package io.wager.api.player;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiTest;
import io.wager.core.wager.Wager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopSpendersSliceTest extends ApiTest {

    private static final String FIRST = "00000000-0000-0000-0000-000000000001";
    private static final String SECOND = "7f000000-0000-0000-0000-000000000002";
    private static final String THIRD = "80000000-0000-0000-0000-000000000003";

    @Test
    void noPlayersAreAnEmptyArray() {
        var response = get("/api/player/topSpenders");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("[]");
    }

    @Test
    void totalsAreExactAndPlain() {
        stored.store(wager(FIRST, "Ann", "999999999999999.999999999999999999", "2026-01-01"));
        stored.store(wager(FIRST, "Ann", "0.000000000000000001", "2026-01-02"));
        stored.store(wager(SECOND, "Bob", "0.000000100", "2026-01-01"));
        stored.store(wager(THIRD, "Cid", "0", "2026-01-01"));

        var response = get("/api/Player/TopSpenders?count=1000");

        assertThat(response.body())
                .isEqualTo("[{\"accountId\":\"" + FIRST
                        + "\",\"username\":\"Ann\",\"totalAmountSpend\":1000000000000000}," + "{\"accountId\":\""
                        + SECOND
                        + "\",\"username\":\"Bob\",\"totalAmountSpend\":0.0000001}," + "{\"accountId\":\"" + THIRD
                        + "\",\"username\":\"Cid\",\"totalAmountSpend\":0}]");
    }

    @Test
    void tiesComeByUsernameThenAccountId() {
        stored.store(
                wager(THIRD, "b", "5", "2026-01-01"),
                wager(SECOND, "b", "5.0", "2026-01-01"),
                wager(FIRST, "Z", "5", "2026-01-01"),
                wager("00000000-0000-0000-0000-000000000009", "a", "6", "2026-01-01"));

        var response = get("/api/player/topSpenders?count=3");

        assertThat(json(response).findValuesAsText("accountId"))
                .containsExactly("00000000-0000-0000-0000-000000000009", FIRST, SECOND);
        assertThat(json(get("/api/player/topSpenders?count=3&from=2026-01-01"))).isEqualTo(json(response));
    }

    @Test
    void windowHasWholeDaysBothEndsIncluded() {
        stored.store(
                wager(FIRST, "a", "1", "2026-01-01"),
                wager(FIRST, "a", "2", "2026-01-02"),
                wager(FIRST, "a", "4", "2026-01-03"),
                wager(SECOND, "b", "100", "2026-01-04"));

        assertThat(totals("from=2026-01-02&to=2026-01-03")).containsExactly("6");
        assertThat(totals("to=2026-01-01")).containsExactly("1");
        assertThat(totals("from=2026-01-03")).containsExactly("100", "4");
        assertThat(totals("from=2027-01-01")).isEmpty();
    }

    @Test
    void tenAreAnsweredUnlessAskedOtherwise() {
        for (var i = 0; i < 12; i++) {
            stored.store(aWager().build());
        }

        assertThat(json(get("/api/player/topSpenders"))).hasSize(10);
        assertThat(json(get("/api/player/topSpenders?count=11"))).hasSize(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count=0|count",
                "count=1001|count",
                "count=ten|count",
                "count=1e1|count",
                "count=10&count=10|count",
                "from=01-01-2026|from",
                "to=x|to"
            })
    void parameterOutOfRangeIsRefused(String query, String parameter) {
        var response = get("/api/player/topSpenders?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/errors/0/parameter").asText()).isEqualTo(parameter);
    }

    private List<String> totals(String query) {
        return json(get("/api/player/topSpenders?" + query)).findValuesAsText("totalAmountSpend");
    }

    private static Wager wager(String player, String name, String amount, String day) {
        return aWager().by(player)
                .named(name)
                .of(amount)
                .placedAt(day + "T12:00:00Z")
                .build();
    }
}
