package io.wager.core.wager;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The properties of a wager, in the order of the contract's table, which is the order of faults and of written JSON. */
enum Property {
    WAGER_ID("wagerId", true),
    ACCOUNT_ID("accountId", true),
    USERNAME("username", true),
    PROVIDER("provider", true),
    GAME_NAME("gameName", true),
    THEME("theme", false),
    AMOUNT("amount", true),
    CREATED_DATE_TIME("createdDateTime", true),
    TRANSACTION_ID("transactionId", false),
    BRAND_ID("brandId", false),
    EXTERNAL_REFERENCE_ID("externalReferenceId", false),
    TRANSACTION_TYPE_ID("transactionTypeId", false),
    NUMBER_OF_BETS("numberOfBets", false),
    COUNTRY_CODE("countryCode", false),
    SESSION_DATA("sessionData", false),
    DURATION("duration", false);

    /** By their lower-case names, and by the spellings that clients use, so that the usual ones are found at once. */
    private static final Map<String, Property> BY_NAME = byName();

    private final String jsonName;
    private final boolean isRequired;

    Property(String jsonName, boolean isRequired) {
        this.jsonName = jsonName;
        this.isRequired = isRequired;
    }

    String jsonName() {
        return jsonName;
    }

    String pointer() {
        return "/" + jsonName;
    }

    boolean isRequired() {
        return isRequired;
    }

    /** The property of that name in any letter case, or null if the contract has none. */
    static @Nullable Property named(String name) {
        var property = BY_NAME.get(name);
        return property != null ? property : BY_NAME.get(asciiLowerCase(name));
    }

    /** ASCII letters only, since Unicode's rules would take a Kelvin sign for a k. */
    static String asciiLowerCase(String name) {
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                var lower = new StringBuilder(name);
                for (var j = i; j < name.length(); j++) {
                    var d = name.charAt(j);
                    lower.setCharAt(j, d >= 'A' && d <= 'Z' ? (char) (d | 0x20) : d);
                }
                return lower.toString();
            }
        }
        return name;
    }

    private static Map<String, Property> byName() {
        Map<String, Property> names = new HashMap<>();
        for (var property : values()) {
            names.put(property.jsonName.toLowerCase(Locale.ROOT), property);
            names.put(property.jsonName, property);
        }
        names.put("Username", USERNAME);
        names.put("Duration", DURATION);
        return Map.copyOf(names);
    }
}
