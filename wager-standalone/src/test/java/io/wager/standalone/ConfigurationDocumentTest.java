package io.wager.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md against the metadata of every module that is configured. */
class ConfigurationDocumentTest {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Pattern ROW = Pattern.compile("\\| `(wager\\.[a-z.-]+)` \\| `([A-Z_]+)` \\| (.+?) \\| .+ \\|");
    private static final Pattern LITERAL = Pattern.compile("`([^`]+)`.*");

    private final Map<String, Row> documented = documented();
    private final Map<String, List<String>> known = known();

    private record Row(String environmentVariable, String defaultValue) {}

    @Test
    void everyPropertyIsDocumentedAndNoneThatDoesNotExist() {
        assertThat(documented.keySet()).isEqualTo(known.keySet());
    }

    @Test
    void everyEnvironmentVariableIsWhatSpringReads() {
        assertThat(documented)
                .allSatisfy((name, row) -> assertThat(row.environmentVariable())
                        .isEqualTo(name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)));
    }

    @Test
    void everyDefaultIsTheRealOne() {
        assertThat(documented)
                .allSatisfy((name, row) -> assertThat(known.getOrDefault(name, List.of()))
                        .allSatisfy(value -> assertThat(row.defaultValue()).isEqualTo(value)));
    }

    private static Map<String, Row> documented() {
        Map<String, Row> rows = new TreeMap<>();
        for (var line : lines(Path.of("..", "docs", "configuration.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                var literal = LITERAL.matcher(row.group(3));
                rows.put(row.group(1), new Row(row.group(2), literal.matches() ? literal.group(1) : ""));
            }
        }
        return rows;
    }

    /** Names with the defaults that their modules declare; none where a property's default is computed. */
    private static Map<String, List<String>> known() {
        try {
            Map<String, List<String>> properties = new TreeMap<>();
            var mapper = new JsonMapper();
            for (var file : Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources(METADATA))) {
                for (var property : mapper.readTree(file).get("properties")) {
                    var name = property.get("name").asText();
                    if (name.startsWith("wager.")) {
                        defaultOf(property, properties.computeIfAbsent(name, unused -> new ArrayList<>()));
                    }
                }
            }
            return properties;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void defaultOf(JsonNode property, List<String> defaults) {
        var value = property.get("defaultValue");
        if (value != null) {
            defaults.add(value.asText());
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
