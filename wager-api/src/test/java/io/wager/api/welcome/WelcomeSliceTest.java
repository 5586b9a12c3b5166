package io.wager.api.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiTest;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WelcomeSliceTest extends ApiTest {

    private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/html",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "application/json;q=0.5, text/html"
            })
    void aBrowserGetsAPage(String accept) {
        var page = welcome(accept);

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.body()).startsWith("<!doctype html>").contains("<html lang=\"en\">");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/html;q=0.5"})
    void aProgramGetsLinks(String accept) {
        var answer = welcome(accept);

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer).at("/links/openapi").asText()).isEqualTo("/v3/api-docs");
        json(answer)
                .at("/links")
                .forEach(link -> assertThat(get(link.asText()).statusCode())
                        .as(link.asText())
                        .isIn(200, 302));
    }

    @Test
    void everyLinkOfThePageLeadsToThisServerAndSomewhere() {
        var links = LINK.matcher(welcome("text/html").body())
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links).hasSizeGreaterThan(5).allSatisfy(link -> {
            assertThat(URI.create(link).isAbsolute()).isFalse();
            assertThat(get("/" + link).statusCode()).as(link).isIn(200, 302);
        });
    }

    @Test
    void thePageMayLoadAndRunNothing() {
        var page = welcome("text/html");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(String.join(",", page.headers().allValues("Vary")).toLowerCase(Locale.ROOT))
                .matches("accept(,.*)?");
        assertThat(page.body())
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("<img")
                .doesNotContain("style=")
                .doesNotContain("http:")
                .doesNotContain("https:");
    }

    @Test
    void nothingElseIsAnswered() {
        assertThat(send(request("/").header("Accept", "image/png").GET()).statusCode())
                .isEqualTo(406);
        assertThat(send(request("/").POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> welcome(String accept) {
        var response = send(request("/").header("Accept", accept).GET());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }
}
