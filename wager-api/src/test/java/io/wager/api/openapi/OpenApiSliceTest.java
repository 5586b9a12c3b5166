package io.wager.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.api.problem.ProblemType;
import io.wager.api.support.ApiTest;
import io.wager.api.support.TestApi;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class OpenApiSliceTest extends ApiTest {

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void everyHandlerOfTheApiIsDescribed() {
        var paths = document().at("/paths");

        requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> path.startsWith("/api/"))
                .forEach(path -> assertThat(paths.has(path)).as(path).isTrue());
        assertThat(paths.size()).isEqualTo(24);
    }

    @Test
    void everyOperationHasAnExampleOfItsAnswerAndItsProblems() {
        for (var path : document().at("/paths")) {
            for (var operation : path) {
                var id = operation.at("/operationId").asText();
                assertThat(operation.at("/summary").asText()).as(id).isNotBlank();
                assertThat(operation.at("/responses/200/content"))
                        .as(id)
                        .isNotEmpty()
                        .allSatisfy(content -> assertThat(content.has("example") || content.has("examples"))
                                .isTrue());
                assertThat(operation
                                .at(
                                        "/responses/500/content/application~1problem+json/examples/internal-error/value/type")
                                .asText())
                        .as(id)
                        .isEqualTo("urn:wager:problem:internal-error");
            }
        }
    }

    @Test
    void bothFatesAreShown() {
        var examples = document()
                .at("/paths/~1api~1player~1casinowager~1{wagerId}/get/responses/200/content")
                .at("/application~1json/examples");

        assertThat(examples.at("/stored/value/status").asText()).isEqualTo("stored");
        assertThat(examples.at("/dead-lettered/value/status").asText()).isEqualTo("dead-lettered");
    }

    @Test
    void everyOperationTellsOfTheQuotaThatItIsChargedTo() {
        document()
                .at("/paths")
                .forEach(path -> path.forEach(operation -> {
                    var policy = operation.at("/operationId").asText().matches("postWagers?") ? "wagers" : "requests";
                    var answers = operation.at("/responses").properties().stream()
                            .filter(answer -> answer.getKey().matches("2..|429"))
                            .toList();
                    assertThat(answers).hasSizeGreaterThan(1).allSatisfy(answer -> {
                        var headers = answer.getValue().at("/headers");
                        for (var name : new String[] {"RateLimit", "RateLimit-Policy"}) {
                            assertThat(headers.at("/" + name + "/schema/example")
                                            .asText())
                                    .startsWith('"' + policy + "\";");
                        }
                        assertThat(headers.has("Retry-After"))
                                .isEqualTo(answer.getKey().equals("429"));
                    });
                }));
    }

    @Test
    void operationIdsAreUnique() {
        assertThat(document().at("/paths").findValuesAsText("operationId")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemIsInTheDocument(ProblemType type) {
        assertThat(document().toString()).contains(type.uri());
    }

    @Test
    void everyWagerThatIsShownIsValid() {
        var document = document();
        List<JsonNode> shown = new ArrayList<>();
        document.at("/paths/~1api~1player~1casinowager/post/requestBody/content/application~1json/examples")
                .forEach(example -> shown.add(example.at("/value")));
        document.at(
                        "/paths/~1api~1player~1casinowagers/post/requestBody/content/application~1json/examples/array/value")
                .forEach(shown::add);
        document.at(
                        "/paths/~1api~1player~1casinowagers/post/requestBody/content/application~1x-ndjson/examples/lines/value")
                .asText()
                .lines()
                .forEach(line -> shown.add(json(line)));
        shown.add(
                document.at(
                        "/paths/~1api~1player~1casinowager~1{wagerId}/get/responses/200/content/application~1json/examples/stored/value/wager"));

        assertThat(shown)
                .hasSize(7)
                .allSatisfy(wager -> assertThat(new WagerDecoder(Duration.ZERO)
                                .decode(wager.toString().getBytes(StandardCharsets.UTF_8), TestApi.NOW))
                        .isInstanceOf(WagerVerdict.Valid.class));
    }

    @Test
    void wagerIsDescribedByTheSchemaOfTheMessages() {
        var schema = document().at("/components/schemas/Wager");

        assertThat(schema.at("/required")).hasSize(7);
        assertThat(schema.at("/properties/wagerId/$ref").asText()).isEqualTo("#/components/schemas/uuid");
        assertThat(schema.at("/properties/numberOfBets/maximum").asLong()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var document = document();

        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void queryParametersHaveTheirRanges() {
        var parameters = document().at("/paths/~1api~1player~1topSpenders/get/parameters");

        assertThat(parameters).anySatisfy(parameter -> {
            assertThat(parameter.at("/name").asText()).isEqualTo("count");
            assertThat(parameter.at("/schema/minimum").asInt()).isEqualTo(1);
            assertThat(parameter.at("/schema/maximum").asInt()).isEqualTo(1_000);
            assertThat(parameter.at("/schema/default").asInt()).isEqualTo(10);
        });
    }

    @Test
    void swaggerUiIsServed() {
        var redirect = get("/swagger-ui.html");
        var page = get("/swagger-ui/index.html");

        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(page.statusCode()).isEqualTo(200);
    }

    private JsonNode document() {
        var response = get("/v3/api-docs");
        assertThat(response.statusCode()).isEqualTo(200);
        return json(response);
    }
}
