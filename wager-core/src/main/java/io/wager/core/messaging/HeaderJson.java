package io.wager.core.messaging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Headers as one JSON object that a person can read in a table. Plain numbers are integers of 32 bits. Those of 64 are wrapped as {@code
 * {"long": 1}}, so that the type is restored as well as the value.
 */
public final class HeaderJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String LONG = "long";

    private HeaderJson() {}

    /**
     * Headers as text.
     *
     * @param headers as {@link Message} has them
     * @return a JSON object
     */
    public static String write(Map<String, Object> headers) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (var header : headers.entrySet()) {
                json.writeFieldName(header.getKey());
                switch (header.getValue()) {
                    case Integer number -> json.writeNumber(number);
                    case Boolean flag -> json.writeBoolean(flag);
                    case Long number -> {
                        json.writeStartObject();
                        json.writeNumberField(LONG, number);
                        json.writeEndObject();
                    }
                    case Object other -> json.writeString(other.toString());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    /**
     * Headers from text.
     *
     * @param text what {@link #write} made
     * @return the headers, in the same order
     * @throws UncheckedIOException if the text was not made by it
     */
    public static Map<String, Object> read(String text) {
        Map<String, Object> headers = new LinkedHashMap<>();
        try (var json = JSON.createParser(text)) {
            json.nextToken();
            for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                headers.put(name, value(json));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("these headers were not written here", e);
        }
        return headers;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.nextToken()) {
            case VALUE_NUMBER_INT -> json.getIntValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> {
                json.nextFieldName();
                var number = json.nextLongValue(0);
                if (json.nextToken() != JsonToken.END_OBJECT) {
                    throw new IOException("a wrapped number has one field");
                }
                yield number;
            }
            default -> json.getText();
        };
    }
}
