package io.wager.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.core.wager.Fault.Code;
import io.wager.core.wager.Uuids;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that is one JSON object by the rules for wagers: names in any letter case, unknown properties ignored, none repeated, every
 * fault collected. Each property keeps its original bytes.
 *
 * <p>After the last read, {@link #check} ends the request if there was a fault; until then a faulty property reads as absent. For one
 * thread.
 */
public final class RequestObject {

    private static final int MAX_DEPTH = 200;

    /** As for wagers: the reader of a number's value checks its length. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int MAX_NUMBER_BYTES = 40;

    private final Map<String, byte[]> properties = new HashMap<>();
    private final List<ProblemError> faults = new ArrayList<>();

    private RequestObject() {}

    /**
     * Reads a body.
     *
     * @param body JSON in UTF-8
     * @return its properties
     * @throws ProblemException with status 400 if the body is not JSON
     */
    public static RequestObject read(byte[] body) {
        var object = new RequestObject();
        try (var parser = JSON.createParser(body)) {
            object.readBody(parser, body);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "The body is not well-formed JSON.");
        }
        return object;
    }

    /**
     * A body without properties.
     *
     * @return an object in which everything is absent
     */
    public static RequestObject empty() {
        return new RequestObject();
    }

    /**
     * A text for people.
     *
     * @param name the property
     * @param maxUnits the most UTF-16 units
     * @return its value without space around it; null if it is absent
     */
    public @Nullable String text(String name, int maxUnits) {
        var node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            fault(name, Code.WRONG_TYPE, "must be a string");
            return null;
        }
        var text = node.textValue().strip();
        if (text.isEmpty()) {
            fault(name, Code.BLANK, "must not be blank");
        } else if (text.length() > maxUnits) {
            fault(name, Code.TOO_LONG, "has more than " + maxUnits + " UTF-16 units");
        } else if (!isStorable(text)) {
            fault(name, Code.ILLEGAL_CHARACTER, "has a NUL or a lone surrogate");
        } else {
            return text;
        }
        return null;
    }

    /**
     * An integer.
     *
     * @param name the property
     * @param min the least
     * @param max the greatest
     * @return its value; null if it is absent
     */
    public @Nullable Integer integer(String name, int min, int max) {
        var number = decimal(name, BigDecimal.valueOf(min), BigDecimal.valueOf(max));
        if (number == null) {
            return null;
        }
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            fault(name, Code.OUT_OF_RANGE, "must be an integer");
            return null;
        }
    }

    /**
     * A number.
     *
     * @param name the property
     * @param min the least
     * @param max the greatest
     * @return its exact value; null if it is absent
     */
    public @Nullable BigDecimal decimal(String name, BigDecimal min, BigDecimal max) {
        var raw = properties.get(name.toLowerCase(Locale.ROOT));
        // Exponents and digits beyond any range that is asked for are not worth computing.
        var node = raw != null && raw.length > MAX_NUMBER_BYTES ? null : node(name);
        if (raw != null && (node == null ? raw.length > MAX_NUMBER_BYTES : !node.isNumber())) {
            fault(name, Code.WRONG_TYPE, "must be a number");
            return null;
        }
        if (node == null) {
            return null;
        }
        var value = node.decimalValue();
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            fault(name, Code.OUT_OF_RANGE, "must be from " + min.toPlainString() + " to " + max.toPlainString());
            return null;
        }
        return value;
    }

    /**
     * A yes or no.
     *
     * @param name the property
     * @return its value; false if it is absent
     */
    public boolean flag(String name) {
        var node = node(name);
        if (node != null && !node.isBoolean()) {
            fault(name, Code.WRONG_TYPE, "must be true or false");
            return false;
        }
        return node != null && node.booleanValue();
    }

    /**
     * An array of ids.
     *
     * @param name the property
     * @param max the most of them
     * @return the distinct ids in the order sent; null if it is absent
     */
    public @Nullable List<UUID> ids(String name, int max) {
        var node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isArray()) {
            fault(name, Code.WRONG_TYPE, "must be an array");
            return null;
        }
        if (node.isEmpty() || node.size() > max) {
            fault(name, Code.OUT_OF_RANGE, "must have from 1 to " + max + " ids, and has " + node.size());
            return null;
        }
        var ids = new LinkedHashSet<UUID>();
        for (var i = 0; i < node.size(); i++) {
            var place = name + "/" + i;
            var element = node.get(i);
            if (element.isTextual()) {
                Uuids.parse(element.textValue())
                        .ifPresentOrElse(
                                ids::add,
                                () -> fault(place, Code.NOT_A_UUID, "must be a UUID of 8-4-4-4-12 hexadecimal digits"));
            } else {
                fault(place, Code.WRONG_TYPE, "must be a string");
            }
        }
        return List.copyOf(ids);
    }

    /**
     * A property as a tree.
     *
     * @param name the property
     * @return its value; null if it is absent or null
     */
    public @Nullable JsonNode node(String name) {
        var raw = properties.get(name.toLowerCase(Locale.ROOT));
        if (raw == null) {
            return null;
        }
        try {
            return JSON.readTree(raw);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "The body is not well-formed JSON.");
        }
    }

    /**
     * A property byte for byte as it was sent.
     *
     * @param name the property
     * @return its JSON in UTF-8; null if it is absent or null
     */
    public byte @Nullable [] raw(String name) {
        return properties.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Notes a fault.
     *
     * @param name the property; empty for the object as a whole
     * @param code the kind
     * @param detail what is wrong
     */
    public void fault(String name, Code code, String detail) {
        fault(ProblemError.inBody(name.isEmpty() ? "" : "/" + name, code, detail));
    }

    /**
     * Notes a fault.
     *
     * @param error the fault
     */
    public void fault(ProblemError error) {
        faults.add(error);
    }

    /**
     * Ends the request if there was any fault.
     *
     * @throws ProblemException with status 400 and every fault
     */
    public void check() {
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.VALIDATION, "See errors for every fault.", faults);
        }
    }

    private void readBody(JsonParser parser, byte[] body) throws IOException {
        var first = parser.nextToken();
        if (first == null) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "The body is empty.");
        }
        if (parser.currentTokenLocation().getByteOffset() < 0) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "The body is not in UTF-8.");
        }
        if (first == JsonToken.START_OBJECT) {
            readProperties(parser, body);
        } else {
            parser.skipChildren();
            fault("", Code.WRONG_TYPE, "must be a JSON object");
        }
        if (parser.nextToken() != null) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "Something follows the end of the JSON object.");
        }
    }

    private void readProperties(JsonParser parser, byte[] body) throws IOException {
        var seen = new LinkedHashSet<String>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var value = parser.nextToken();
            var start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            parser.skipChildren();
            // Reads a text or number to its end, which a parser otherwise does only when asked for it.
            parser.finishToken();
            var end = Math.toIntExact(parser.currentLocation().getByteOffset());
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                fault(name, Code.DUPLICATE_PROPERTY, "stands more than once");
            } else if (value != JsonToken.VALUE_NULL) {
                properties.put(name.toLowerCase(Locale.ROOT), Arrays.copyOfRange(body, start, end));
            }
        }
    }

    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
