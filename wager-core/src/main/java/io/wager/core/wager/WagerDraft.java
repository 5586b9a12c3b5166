package io.wager.core.wager;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wager.core.wager.Fault.Code;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A wager while it is being read: takes one property after the other and remembers every fault. */
final class WagerDraft {

    static final int MAX_USERNAME_UNITS = 100;
    static final int MAX_NAME_UNITS = 200;
    static final int MAX_THEME_UNITS = 100;
    static final int MAX_SESSION_DATA_UNITS = 131_072;

    /**
     * The most properties beyond the contract's own whose names are remembered, so that one is seen when it comes again. A name takes
     * many times its bytes in the body; what comes beyond is ignored, whether it repeats itself or not.
     */
    private static final int MAX_UNKNOWN_REMEMBERED = 200;

    /** The most repeated properties beyond the contract's own that are named; clients have mended something by then. */
    private static final int MAX_UNKNOWN_DUPLICATES = 10;

    private static final int MAX_LONG_DIGITS = 19;

    private final EnumSet<Property> seen = EnumSet.noneOf(Property.class);
    private final EnumSet<Property> repeated = EnumSet.noneOf(Property.class);
    private final List<FaultAt> faults = new ArrayList<>(0);
    private @Nullable Set<String> unknownSeen;
    private @Nullable Set<String> unknownRepeated;

    private @Nullable UUID wagerId;
    private @Nullable UUID accountId;
    private @Nullable String username;
    private @Nullable String provider;
    private @Nullable String gameName;
    private @Nullable String theme;
    private @Nullable BigDecimal amount;
    private @Nullable Instant createdDateTime;
    private @Nullable UUID transactionId;
    private @Nullable UUID brandId;
    private @Nullable UUID externalReferenceId;
    private @Nullable UUID transactionTypeId;
    private @Nullable Integer numberOfBets;
    private @Nullable String countryCode;
    private @Nullable String sessionData;
    private @Nullable Long durationMillis;

    /** Takes the property whose name and value the parser is at, and leaves the parser at the end of the value. */
    void take(String name, JsonParser parser) throws IOException {
        var property = Property.named(name);
        if (property == null) {
            takeUnknown(name);
            parser.skipChildren();
            return;
        }
        if (!seen.add(property)) {
            if (repeated.add(property)) {
                fault(property, Code.DUPLICATE_PROPERTY, "stands more than once");
            }
            parser.skipChildren();
            return;
        }
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (property) {
            case WAGER_ID -> wagerId = uuid(property, parser);
            case ACCOUNT_ID -> accountId = uuid(property, parser);
            case USERNAME -> username = name(property, parser, MAX_USERNAME_UNITS);
            case PROVIDER -> provider = name(property, parser, MAX_NAME_UNITS);
            case GAME_NAME -> gameName = name(property, parser, MAX_NAME_UNITS);
            case THEME -> theme = text(property, parser, MAX_THEME_UNITS);
            case AMOUNT -> amount = amount(parser);
            case CREATED_DATE_TIME -> createdDateTime = timestamp(parser);
            case TRANSACTION_ID -> transactionId = uuid(property, parser);
            case BRAND_ID -> brandId = uuid(property, parser);
            case EXTERNAL_REFERENCE_ID -> externalReferenceId = uuid(property, parser);
            case TRANSACTION_TYPE_ID -> transactionTypeId = uuid(property, parser);
            case NUMBER_OF_BETS -> {
                var number = integer(property, parser, 1, Integer.MAX_VALUE);
                numberOfBets = number == null ? null : number.intValue();
            }
            case COUNTRY_CODE -> countryCode = country(parser);
            case SESSION_DATA -> sessionData = text(property, parser, MAX_SESSION_DATA_UNITS);
            case DURATION -> durationMillis = integer(property, parser, 0, Long.MAX_VALUE);
        }
    }

    /**
     * The verdict over everything taken.
     *
     * @param latest the latest creation time that is not too far in the future
     */
    WagerVerdict verdict(Instant latest) {
        checkRequired();
        if (createdDateTime != null && createdDateTime.isAfter(latest)) {
            fault(Property.CREATED_DATE_TIME, Code.IN_THE_FUTURE, "is further ahead of the clock than allowed");
        }
        var id = wagerId == null ? null : new WagerId(wagerId);
        var account = accountId == null ? null : new AccountId(accountId);
        if (!faults.isEmpty()) {
            faults.sort(FaultAt.IN_ORDER_OF_THE_CONTRACT);
            return new WagerVerdict.Invalid(
                    id, account, faults.stream().map(FaultAt::fault).toList());
        }
        return new WagerVerdict.Valid(new Wager(
                Objects.requireNonNull(id),
                Objects.requireNonNull(account),
                Objects.requireNonNull(username),
                Objects.requireNonNull(provider),
                Objects.requireNonNull(gameName),
                theme,
                Objects.requireNonNull(amount),
                Objects.requireNonNull(createdDateTime),
                transactionId,
                brandId,
                externalReferenceId,
                transactionTypeId,
                numberOfBets,
                countryCode,
                sessionData,
                durationMillis));
    }

    private void checkRequired() {
        for (var property : Property.values()) {
            if (property.isRequired() && isAbsent(property) && !hasFault(property)) {
                fault(property, Code.REQUIRED, "is required");
            }
        }
    }

    private boolean isAbsent(Property property) {
        return switch (property) {
            case WAGER_ID -> wagerId == null;
            case ACCOUNT_ID -> accountId == null;
            case USERNAME -> username == null;
            case PROVIDER -> provider == null;
            case GAME_NAME -> gameName == null;
            case AMOUNT -> amount == null;
            case CREATED_DATE_TIME -> createdDateTime == null;
            default -> false;
        };
    }

    private boolean hasFault(Property property) {
        return faults.stream().anyMatch(fault -> fault.property() == property);
    }

    private void takeUnknown(String name) {
        if (unknownSeen == null) {
            unknownSeen = new HashSet<>();
        }
        var key = Property.asciiLowerCase(name);
        if (unknownSeen.contains(key)) {
            repeatUnknown(name, key);
        } else if (unknownSeen.size() < MAX_UNKNOWN_REMEMBERED) {
            unknownSeen.add(key);
        }
    }

    private void repeatUnknown(String name, String key) {
        if (unknownRepeated == null) {
            unknownRepeated = new HashSet<>();
        }
        if (unknownRepeated.size() < MAX_UNKNOWN_DUPLICATES && unknownRepeated.add(key)) {
            var pointer = "/" + name.replace("~", "~0").replace("/", "~1");
            faults.add(new FaultAt(null, new Fault(pointer, Code.DUPLICATE_PROPERTY, "stands more than once")));
        }
    }

    private @Nullable UUID uuid(Property property, JsonParser parser) throws IOException {
        var text = string(property, parser);
        if (text == null) {
            return null;
        }
        var parsed = Uuids.parse(text);
        if (parsed.isEmpty()) {
            fault(property, Code.NOT_A_UUID, "must be a UUID of 8-4-4-4-12 hexadecimal digits");
        }
        return parsed.orElse(null);
    }

    private @Nullable String name(Property property, JsonParser parser, int maxUnits) throws IOException {
        var text = text(property, parser, maxUnits);
        if (text != null && isBlank(text)) {
            fault(property, Code.BLANK, "must not be blank");
            return null;
        }
        return text;
    }

    private @Nullable String text(Property property, JsonParser parser, int maxUnits) throws IOException {
        var text = string(property, parser);
        if (text == null) {
            return null;
        }
        var faultsBefore = faults.size();
        if (text.length() > maxUnits) {
            fault(property, Code.TOO_LONG, "has more than " + maxUnits + " UTF-16 units");
        }
        if (hasIllegalCharacter(text)) {
            fault(property, Code.ILLEGAL_CHARACTER, "has a NUL or a lone surrogate");
        }
        return faults.size() == faultsBefore ? text : null;
    }

    private @Nullable BigDecimal amount(JsonParser parser) throws IOException {
        if (!isNumber(Property.AMOUNT, parser)) {
            return null;
        }
        return switch (Amounts.parse(parser.getText(), Amounts.MAX_INTEGER_DIGITS, Amounts.MAX_FRACTION_DIGITS)) {
            case Amounts.ParsedNumber.Unusable unusable -> {
                fault(Property.AMOUNT, Code.TOO_MANY_DIGITS, unusable.problem());
                yield null;
            }
            case Amounts.ParsedNumber.Exact(var value)
            when value.signum() < 0 -> {
                fault(Property.AMOUNT, Code.OUT_OF_RANGE, "must not be negative");
                yield null;
            }
            case Amounts.ParsedNumber.Exact(var value) -> value;
        };
    }

    /** Integers by value, as JSON Schema has them: 8.0 and 8e0 are 8. */
    private @Nullable Long integer(Property property, JsonParser parser, long min, long max) throws IOException {
        if (!isNumber(property, parser)) {
            return null;
        }
        if (Amounts.parse(parser.getText(), MAX_LONG_DIGITS, 0) instanceof Amounts.ParsedNumber.Exact(var value)
                && value.compareTo(BigDecimal.valueOf(min)) >= 0
                && value.compareTo(BigDecimal.valueOf(max)) <= 0) {
            return value.longValueExact();
        }
        fault(property, Code.OUT_OF_RANGE, "must be an integer from " + min + " to " + max);
        return null;
    }

    private @Nullable Instant timestamp(JsonParser parser) throws IOException {
        var text = string(Property.CREATED_DATE_TIME, parser);
        if (text == null) {
            return null;
        }
        try {
            return Timestamps.parse(text);
        } catch (DateTimeException e) {
            fault(Property.CREATED_DATE_TIME, Code.NOT_A_TIMESTAMP, Objects.requireNonNull(e.getMessage()));
            return null;
        }
    }

    private @Nullable String country(JsonParser parser) throws IOException {
        var text = string(Property.COUNTRY_CODE, parser);
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() == 2 && isAsciiLetter(text.charAt(0)) && isAsciiLetter(text.charAt(1))) {
            return text.toUpperCase(Locale.ROOT);
        }
        fault(Property.COUNTRY_CODE, Code.NOT_A_COUNTRY_CODE, "must be two ASCII letters");
        return null;
    }

    private @Nullable String string(Property property, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        wrongType(property, parser, "a string");
        return null;
    }

    private boolean isNumber(Property property, JsonParser parser) throws IOException {
        if (parser.currentToken().isNumeric()) {
            return true;
        }
        wrongType(property, parser, "a number");
        return false;
    }

    private void wrongType(Property property, JsonParser parser, String wanted) throws IOException {
        fault(property, Code.WRONG_TYPE, "must be " + wanted);
        parser.skipChildren();
    }

    private void fault(Property property, Code code, String detail) {
        faults.add(new FaultAt(property, new Fault(property.pointer(), code, detail)));
    }

    private static boolean isAsciiLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    /** White space as ECMAScript's {@code \s} has it, which is what the JSON Schema's pattern says, and NEL. */
    private static boolean isBlank(String text) {
        return text.chars()
                .allMatch(c -> Character.isSpaceChar(c) || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xFEFF);
    }

    private static boolean hasIllegalCharacter(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /**
     * A fault and where it stands in the contract's table.
     *
     * @param property null for a property that the contract does not have
     */
    private record FaultAt(@Nullable Property property, Fault fault) {
        static final Comparator<FaultAt> IN_ORDER_OF_THE_CONTRACT =
                Comparator.comparing(FaultAt::property, Comparator.nullsLast(Comparator.naturalOrder()));
    }
}
