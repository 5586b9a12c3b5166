package io.wager.api.analytics;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakdownSliceTest extends ApiTest {

    private static final String ANN = "00000000-0000-0000-0000-000000000001";
    private static final String BOB = "00000000-0000-0000-0000-000000000002";

    @BeforeEach
    void storeThreeWagers() {
        stored.store(
                aWager().by(ANN)
                        .on("P", "G")
                        .withTheme("crash")
                        .from("SE")
                        .of("1.50")
                        .placedAt("2026-01-01T00:00:00Z")
                        .build(),
                aWager().by(ANN)
                        .on("P", "H")
                        .withTheme(null)
                        .from(null)
                        .of("2")
                        .placedAt("2026-01-01T23:59:59.9999999Z")
                        .build(),
                aWager().by(BOB)
                        .on("Q", "G")
                        .withTheme("crash")
                        .from("SE")
                        .of("4")
                        .placedAt("2026-01-02T00:00:00Z")
                        .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "by=provider|[{'group':'Q','wagers':1,'players':1,'turnover':4},{'group':'P','wagers':2,'players':1,'turnover':3.5}]",
                "by=game|[{'group':'G','provider':'Q','wagers':1,'players':1,'turnover':4},{'group':'H','provider':'P','wagers':1,'players':1,'turnover':2},{'group':'G','provider':'P','wagers':1,'players':1,'turnover':1.5}]",
                "by=theme|[{'group':'crash','wagers':2,'players':2,'turnover':5.5},{'group':null,'wagers':1,'players':1,'turnover':2}]",
                "by=country|[{'group':'SE','wagers':2,'players':2,'turnover':5.5},{'group':null,'wagers':1,'players':1,'turnover':2}]",
                "by=day|[{'group':'2026-01-01','wagers':2,'players':1,'turnover':3.5},{'group':'2026-01-02','wagers':1,'players':1,'turnover':4}]",
                "by=day&limit=1|[{'group':'2026-01-02','wagers':1,'players':1,'turnover':4}]",
                "by=provider&limit=1|[{'group':'Q','wagers':1,'players':1,'turnover':4}]",
                "by=provider&to=2026-01-01|[{'group':'P','wagers':2,'players':1,'turnover':3.5}]",
                "by=theme&from=2026-01-02&to=9999-12-31|[{'group':'crash','wagers':1,'players':1,'turnover':4}]",
                "by=day&from=2026-01-03|[]"
            })
    void groupsCarryWagersPlayersAndTurnover(String query, String groups) {
        var response = get("/api/analytics/breakdown?" + query);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("/groups")).isEqualTo(json(groups.replace('\'', '"')));
    }

    @Test
    void everyFaultOfTheQueryIsNamed() {
        var response = get("/api/analytics/breakdown?by=colour&from=x&limit=0");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/errors").findValuesAsText("parameter")).containsExactly("by", "from", "limit");
    }

    @Test
    void groupingIsRequired() {
        var response = get("/api/analytics/breakdown");

        assertThat(json(response).at("/errors/0/code").asText()).isEqualTo("required");
    }
}
