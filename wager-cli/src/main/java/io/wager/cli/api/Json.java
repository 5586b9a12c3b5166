package io.wager.cli.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer's JSON as a tree; numbers are exact. What is not as expected is an {@link IOException}. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** A {@code Map<String, Json>}, a {@code List<Json>}, a String, a BigDecimal, a Boolean, or null. */
    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    static Json parse(byte[] bytes) throws IOException {
        try (var parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw new IOException("the answer is empty");
            }
            return read(parser);
        }
    }

    private static Json read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json(new BigDecimal(parser.getText()));
            case VALUE_TRUE -> new Json(true);
            case VALUE_FALSE -> new Json(false);
            default -> new Json(null);
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            members.put(name, read(parser));
        }
        return new Json(members);
    }

    private static Json array(JsonParser parser) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return new Json(elements);
    }

    /** The member, or null where there is none or it is null. */
    @Nullable
    Json find(String name) {
        return value instanceof Map<?, ?> members && members.get(name) instanceof Json member && member.value != null
                ? member
                : null;
    }

    Json get(String name) throws IOException {
        var member = find(name);
        if (member == null) {
            throw new IOException("the answer has no \"" + name + "\"");
        }
        return member;
    }

    List<Json> elements() throws IOException {
        if (value instanceof List<?> list) {
            return list.stream().map(Json.class::cast).toList();
        }
        throw new IOException("the answer has something else where an array should be");
    }

    String text() throws IOException {
        if (value instanceof String text) {
            return text;
        }
        throw new IOException("the answer has something else where a string should be");
    }

    BigDecimal number() throws IOException {
        if (value instanceof BigDecimal number) {
            return number;
        }
        throw new IOException("the answer has something else where a number should be");
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    @Nullable
    String textOf(String name) throws IOException {
        var member = find(name);
        return member == null ? null : member.text();
    }
}
