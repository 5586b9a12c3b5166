package io.wager.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.wager.api.problem.Problem;
import io.wager.core.wager.Wager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The schemas of the document. That of the wager is the one of the messages, so that there is only one. */
final class Schemas {

    private static final String MESSAGE_SCHEMA = "wager-v1.schema.json";
    private static final String COMPONENTS = "#/components/schemas/";

    private Schemas() {}

    static void addTo(Components components) {
        ModelConverters.getInstance(true).readAll(Problem.class).forEach(components::addSchemas);
        var wager = messageSchema();
        var definitions = (ObjectNode) wager.remove("$defs");
        wager.remove(List.of("$schema", "$id", "title", "description"));
        definitions.properties().forEach(entry -> components.addSchemas(entry.getKey(), schema(entry.getValue())));
        components.addSchemas(
                "Wager",
                schema(wager)
                        .description("A casino wager. Property names match in any letter"
                                + " case. Unknown properties are ignored. No property may be repeated."));
        components.addSchemas("FatesRequest", fatesRequest());
    }

    static Schema<?> ref(String name) {
        return new JsonSchema().$ref(COMPONENTS + name);
    }

    static Schema<?> wagers() {
        var schema = typed("array");
        schema.setItems(ref("Wager"));
        schema.setMinItems(1);
        schema.setMaxItems(1_000);
        return schema;
    }

    static Schema<?> integer(int min, int max, int absent) {
        var schema = typed("integer");
        schema.setMinimum(BigDecimal.valueOf(min));
        schema.setMaximum(BigDecimal.valueOf(max));
        schema.setDefault(absent);
        return schema;
    }

    static Schema<?> seconds(int example) {
        var schema = typed("integer");
        schema.setExample(example);
        return schema;
    }

    static Schema<?> text() {
        return typed("string");
    }

    static Schema<?> name() {
        var schema = typed("string");
        schema.setMinLength(1);
        schema.setMaxLength(200);
        return schema;
    }

    static Schema<?> day() {
        var schema = typed("string");
        schema.setFormat("date");
        return schema;
    }

    static Schema<?> choice(String... values) {
        var schema = typed("string");
        schema.setEnum(List.<Object>of((Object[]) values));
        return schema;
    }

    static JsonSchema typed(String type) {
        var schema = new JsonSchema();
        schema.setTypes(Set.of(type));
        return schema;
    }

    private static Schema<?> fatesRequest() {
        var ids = typed("array");
        ids.setItems(ref("uuid"));
        ids.setMinItems(1);
        ids.setMaxItems(1_000);
        var schema = typed("object");
        schema.addProperty("wagerIds", ids);
        schema.setRequired(List.of("wagerIds"));
        return schema;
    }

    private static Schema<?> schema(JsonNode node) {
        return Json31.mapper().convertValue(node, JsonSchema.class);
    }

    private static ObjectNode messageSchema() {
        try (var in = Objects.requireNonNull(Wager.class.getResourceAsStream(MESSAGE_SCHEMA), MESSAGE_SCHEMA)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return (ObjectNode) Json31.mapper().readTree(text.replace("#/$defs/", COMPONENTS));
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of the messages can't be read", e);
        }
    }
}
