package io.wager.core.wager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the JSON Schema and the decoder together: what the decoder takes the schema takes, and what the schema refuses the
 * decoder refuses. What only the decoder refuses is listed: {@link #aSchemaCannotSayThis}.
 */
class WagerSchemaTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Objects.requireNonNull(Wager.class.getResourceAsStream("wager-v1.schema.json")));

    @net.jqwik.api.Property(tries = 300)
    void whatIsWrittenFitsTheSchema(@ForAll("wagers") Wager wager) throws Exception {
        assertThat(schema.validate(MAPPER.readTree(WagerEncoder.encode(wager)))).isEmpty();
    }

    @Test
    void theSchemaNamesThePropertiesOfTheContract() {
        var names = Arrays.stream(Property.values()).map(Property::jsonName).toList();
        var required = Arrays.stream(Property.values())
                .filter(Property::isRequired)
                .map(Property::jsonName)
                .toList();

        var node = schema.getSchemaNode();

        assertThat(node.get("properties").fieldNames()).toIterable().containsExactlyElementsOf(names);
        assertThat(MAPPER.convertValue(node.get("required"), String[].class)).containsExactlyElementsOf(required);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "wagerId, '\"1-1-1-1-1\"'",
                "wagerId, 5",
                "accountId, null",
                "username, '\"\"'",
                "username, '\" \\u00a0\\ufeff\"'",
                "username, '\"a\\u0000b\"'",
                "provider, false",
                "gameName, []",
                "theme, 1",
                "amount, -1",
                "amount, 1e15",
                "amount, '\"1\"'",
                "createdDateTime, '\"2026-05-18T00:04:10\"'",
                "createdDateTime, '\"2026-05-18T00:04:10.1234567890Z\"'",
                "transactionId, '\"x\"'",
                "numberOfBets, 0",
                "numberOfBets, 1.5",
                "numberOfBets, 2147483648",
                "countryCode, '\"SWE\"'",
                "countryCode, '\"é1\"'",
                "sessionData, {}",
                "duration, -1",
            })
    void bothRefuse(String property, String value) throws Exception {
        var json = WagerJson.valid().with(property, value);

        assertThat(schemaTakes(json)).as("schema on %s", json.json()).isFalse();
        assertThat(json.decode()).isInstanceOf(WagerVerdict.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({"username,100", "provider,200", "gameName,200", "theme,100", "sessionData,131072"})
    void bothHaveTheSameLengths(String property, int limit) throws Exception {
        var longest = WagerJson.valid().with(property, "\"" + "é".repeat(limit) + "\"");
        var tooLong = WagerJson.valid().with(property, "\"" + "é".repeat(limit + 1) + "\"");

        assertThat(schemaTakes(longest)).isTrue();
        assertThat(longest.decode()).isInstanceOf(WagerVerdict.Valid.class);
        assertThat(schemaTakes(tooLong)).isFalse();
        assertThat(tooLong.decode()).isInstanceOf(WagerVerdict.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "amount, 0.0000000000000000001",
                "createdDateTime, '\"2026-02-30T00:04:10Z\"'",
                "createdDateTime, '\"2126-02-03T00:04:10Z\"'",
                "theme, '\"🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲x\"'",
            })
    void aSchemaCannotSayThis(String property, String value) throws Exception {
        var json = WagerJson.valid().with(property, value);

        assertThat(schemaTakes(json)).isTrue();
        assertThat(json.decode()).isInstanceOf(WagerVerdict.Invalid.class);
    }

    private boolean schemaTakes(WagerJson json) throws JsonProcessingException {
        return schema.validate(MAPPER.readTree(json.json())).isEmpty();
    }

    @Provide
    Arbitrary<Wager> wagers() {
        return WagerArbitraries.wagers();
    }
}
