package io.wager.core.wager;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A wager's JSON for tests: the required properties, valid, to be changed one by one. Values are JSON, not Java. */
final class WagerJson {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Map<String, String> properties = new LinkedHashMap<>();

    private WagerJson() {}

    static WagerJson valid() {
        return new WagerJson()
                .with("wagerId", "\"6581621c-2f86-422d-bf1e-9b92a6efb539\"")
                .with("accountId", "\"2c937b23-03ae-4110-90d5-47d055d89001\"")
                .with("username", "\"Marit\"")
                .with("provider", "\"Quiet Bronze Kettle\"")
                .with("gameName", "\"Humble Clay Harp\"")
                .with("amount", "6776.968566761588")
                .with("createdDateTime", "\"2026-05-18T00:04:10.4947679+02:00\"");
    }

    WagerJson with(String name, String json) {
        properties.put(name, json);
        return this;
    }

    WagerJson without(String name) {
        properties.remove(name);
        return this;
    }

    String json() {
        return properties.entrySet().stream()
                .map(property -> "\"" + property.getKey() + "\":" + property.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    WagerVerdict decode() {
        return decode(json());
    }

    Wager decodeValid() {
        var verdict = decode();
        if (verdict instanceof WagerVerdict.Valid(var wager)) {
            return wager;
        }
        throw new AssertionError("not valid: " + verdict + " of " + json());
    }

    static WagerVerdict decode(String json) {
        return new WagerDecoder(Duration.ofMinutes(5)).decode(json.getBytes(StandardCharsets.UTF_8), NOW);
    }

    /** The faults as {@code pointer code}, in order. */
    static List<String> faultsOf(@Nullable WagerVerdict verdict) {
        if (verdict instanceof WagerVerdict.Invalid(var id, var account, var faults)) {
            return faults.stream()
                    .map(fault -> fault.pointer() + " " + fault.code().wireForm())
                    .toList();
        }
        throw new AssertionError("not invalid: " + verdict);
    }
}
