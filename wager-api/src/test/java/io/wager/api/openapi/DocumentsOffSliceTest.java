package io.wager.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** The documents can be switched off, with everything that links to them. */
@TestPropertySource(properties = "springdoc.api-docs.enabled=false")
class DocumentsOffSliceTest extends ApiTest {

    private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/v3/api-docs/swagger-config",
                "/swagger-ui.html",
                "/swagger-ui/index.html",
                "/swagger-ui/swagger-ui.css"
            })
    void noneOfThemIsServed(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void thePageAtTheRootLinksToWhatIsServed() {
        var page = send(request("/").header("Accept", "text/html").GET()).body();

        assertThat(LINK.matcher(page).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(get("/" + link).statusCode()).isEqualTo(200));
        assertThat(page).doesNotContain("<!--");
    }

    @Test
    void aProgramGetsNoLinkToThem() {
        var links = json(send(request("/").header("Accept", "application/json").GET()))
                .at("/links");

        assertThat(links.has("openapi")).isFalse();
        assertThat(links.has("ui")).isFalse();
        assertThat(links.has("liveness")).isTrue();
    }
}
