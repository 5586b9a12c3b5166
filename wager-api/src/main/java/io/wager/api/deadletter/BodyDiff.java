package io.wager.api.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two bodies: property by property if both are JSON objects. Names are compared in any letter case, as in the
 * contract, and decimals by value.
 *
 * @param comparable whether both are JSON objects; if not, {@code changes} is empty
 * @param changes the properties that differ
 */
public record BodyDiff(boolean comparable, List<Change> changes) {

    /** Answers nest a body deeper, and numbers are written without exponents, so extreme bodies could not be written at all. */
    private static final int MAX_DEPTH = 100;

    private static final int MAX_SCALE = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Copies the list. */
    public BodyDiff {
        changes = List.copyOf(changes);
    }

    /**
     * One property that differs.
     *
     * @param pointer the place, as JSON pointer in the spelling of the side that has it
     * @param from the value in the first body; null if absent
     * @param to the value in the second body; null if absent
     */
    public record Change(
            String pointer,
            @Nullable JsonNode from,
            @Nullable JsonNode to) {}

    /**
     * Compares two bodies.
     *
     * @param from the first
     * @param to the second
     * @return the differences of the second from the first
     */
    public static BodyDiff of(byte[] from, byte[] to) {
        var one = tree(from);
        var other = tree(to);
        if (one == null || other == null || !one.isObject() || !other.isObject()) {
            return new BodyDiff(false, List.of());
        }
        var changes = new ArrayList<Change>();
        var left = byLowerCase(one);
        var right = byLowerCase(other);
        left.forEach((key, property) -> {
            var counterpart = right.get(key);
            if (counterpart == null || !isSame(property.getValue(), counterpart.getValue())) {
                changes.add(new Change(
                        pointer(property.getKey()),
                        property.getValue(),
                        counterpart == null ? null : counterpart.getValue()));
            }
        });
        right.forEach((key, property) -> {
            if (!left.containsKey(key)) {
                changes.add(new Change(pointer(property.getKey()), null, property.getValue()));
            }
        });
        return new BodyDiff(true, changes);
    }

    /** The body as JSON, or null if it is no JSON, or can't be shown. */
    static @Nullable JsonNode tree(byte[] body) {
        try {
            var tree = JSON.readTree(body);
            return tree.isMissingNode() || hasAbsurdNumber(tree) ? null : tree;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading memory failed", e);
        }
    }

    private static boolean hasAbsurdNumber(JsonNode node) {
        if (node.isBigDecimal()) {
            return Math.abs((long) node.decimalValue().scale()) > MAX_SCALE;
        }
        for (var child : node) {
            if (hasAbsurdNumber(child)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Map.Entry<String, JsonNode>> byLowerCase(JsonNode object) {
        Map<String, Map.Entry<String, JsonNode>> properties = new LinkedHashMap<>();
        object.properties().forEach(property -> properties.put(property.getKey().toLowerCase(Locale.ROOT), property));
        return properties;
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return (one.isNumber() && other.isNumber())
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : Objects.equals(one, other);
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
