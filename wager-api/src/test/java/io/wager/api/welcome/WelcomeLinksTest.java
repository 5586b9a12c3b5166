package io.wager.api.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.http.MockHttpOutputMessage;

/** The page links to what is served, for people and for programs alike. */
class WelcomeLinksTest {

    @ParameterizedTest
    @CsvSource({
        "true,  true,  '',   true,  true,  true",
        "true,  true,  9080, true,  true,  false",
        "true,  false, 9080, true,  false, false",
        "false, true,  '',   false, false, true",
        "false, false, -1,   false, false, false"
    })
    void whatIsOffHasNoLink(
            boolean document, boolean ui, String managementPort, boolean hasDocument, boolean hasUi, boolean hasMetrics)
            throws IOException {
        var environment = new MockEnvironment()
                .withProperty("springdoc.api-docs.enabled", String.valueOf(document))
                .withProperty("springdoc.swagger-ui.enabled", String.valueOf(ui));
        if (!managementPort.isEmpty()) {
            environment.setProperty("management.server.port", managementPort);
        }
        var links = new WelcomeLinks(environment);

        assertThat(links.toLinks().openapi() != null).isEqualTo(hasDocument);
        assertThat(links.toLinks().ui() != null).isEqualTo(hasUi);
        assertThat(links.toLinks().metrics() != null).isEqualTo(hasMetrics);
        var page = page(links);
        assertThat(page.contains("v3/api-docs")).isEqualTo(hasDocument);
        assertThat(page.contains("swagger-ui.html")).isEqualTo(hasUi);
        assertThat(page.contains("actuator/prometheus")).isEqualTo(hasMetrics);
        assertThat(page).contains("topSpenders").endsWith("</html>\n").doesNotContain("<!--");
    }

    private static String page(WelcomeLinks links) throws IOException {
        var output = new MockHttpOutputMessage();
        new WelcomePage(links).write(new Welcome("wager", "", links.toLinks()), MediaType.TEXT_HTML, output);
        return output.getBodyAsString(StandardCharsets.UTF_8);
    }
}
