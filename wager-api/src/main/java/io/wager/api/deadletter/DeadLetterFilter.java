package io.wager.api.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.api.http.NextLink;
import io.wager.api.http.RequestObject;
import io.wager.api.http.RequestParameters;
import io.wager.api.problem.ProblemError;
import io.wager.api.schema.Columns;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.wager.Fault.Code;
import io.wager.core.wager.Timestamps;
import io.wager.core.wager.Uuids;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A selection of dead letters. Every condition must hold; an empty or null one is no condition.
 *
 * @param statuses any of these
 * @param reasons any of these
 * @param fingerprint the group
 * @param exceptionType exactly
 * @param provider exactly
 * @param accountId the player
 * @param wagerId the wager
 * @param text in the message of the failure or in the first 4,000 characters of the body, in any letter case
 * @param from the earliest last failure
 * @param to the last failures before this
 */
public record DeadLetterFilter(
        Set<DeadLetterStatus> statuses,
        Set<DeadLetterReason> reasons,
        @Nullable String fingerprint,
        @Nullable String exceptionType,
        @Nullable String provider,
        @Nullable UUID accountId,
        @Nullable UUID wagerId,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to) {

    private static final String STATUS = "status";
    private static final String REASON = "reason";
    private static final String FINGERPRINT = "fingerprint";
    private static final String EXCEPTION_TYPE = "exceptionType";
    private static final String PROVIDER = "provider";
    private static final String ACCOUNT_ID = "accountId";
    private static final String WAGER_ID = "wagerId";
    private static final String TEXT = "text";
    private static final String FROM = "from";
    private static final String TO = "to";

    private static final Set<String> NAMES = new LinkedHashSet<>(
            List.of(STATUS, REASON, FINGERPRINT, EXCEPTION_TYPE, PROVIDER, ACCOUNT_ID, WAGER_ID, TEXT, FROM, TO));
    private static final Pattern FINGERPRINT_FORM = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern WILDCARD = Pattern.compile("[\\\\%_\\[]");
    private static final int MAX_TEXT_UNITS = 200;
    private static final int MAX_TYPE_UNITS = 255;

    /** Copies the sets. */
    public DeadLetterFilter {
        statuses = Set.copyOf(statuses);
        reasons = Set.copyOf(reasons);
    }

    /**
     * Reads a filter from a query; the parameters check the faults.
     *
     * @param parameters the query: {@code status}, {@code reason} (each may be repeated), {@code fingerprint},
     *     {@code exceptionType}, {@code provider}, {@code accountId}, {@code wagerId}, {@code text}, {@code from}, {@code to}
     * @return the filter
     */
    public static DeadLetterFilter read(RequestParameters parameters) {
        return read(new FilterSource.Query(parameters));
    }

    /**
     * Reads a filter from an object in a body; the request checks the faults. An unknown name is a fault.
     *
     * @param object the same names as in a query; values are texts or arrays of texts
     * @param pointer the place of the object in the body, such as {@code /filter}
     * @param request the body
     * @return the filter
     */
    public static DeadLetterFilter read(JsonNode object, String pointer, RequestObject request) {
        var source = new FilterSource.Body(object, pointer, request);
        if (!object.isObject()) {
            request.fault(ProblemError.inBody(pointer, Code.WRONG_TYPE, "must be an object"));
        }
        source.refuseOthers(NAMES);
        return read(source);
    }

    private static DeadLetterFilter read(FilterSource source) {
        var filter = new DeadLetterFilter(
                each(source, STATUS, DeadLetterStatus::fromWireForm),
                each(source, REASON, DeadLetterReason::fromWireForm),
                fingerprint(source),
                text(source, EXCEPTION_TYPE, MAX_TYPE_UNITS),
                text(source, PROVIDER, MAX_TEXT_UNITS),
                id(source, ACCOUNT_ID),
                id(source, WAGER_ID),
                text(source, TEXT, MAX_TEXT_UNITS),
                time(source, FROM, 0),
                time(source, TO, 1));
        if (filter.from != null && filter.to != null && filter.from.isAfter(filter.to)) {
            source.fault(TO, Code.OUT_OF_RANGE, "must not be before from");
        }
        return filter;
    }

    private static <T> Set<T> each(FilterSource source, String name, Function<String, Optional<T>> read) {
        var values = new LinkedHashSet<T>();
        for (var text : source.values(name)) {
            read.apply(text)
                    .ifPresentOrElse(
                            values::add, () -> source.fault(name, Code.OUT_OF_RANGE, "is not a " + name + " there is"));
        }
        return values;
    }

    private static @Nullable String fingerprint(FilterSource source) {
        var text = text(source, FINGERPRINT, MAX_TEXT_UNITS);
        if (text != null && !FINGERPRINT_FORM.matcher(text).matches()) {
            source.fault(FINGERPRINT, Code.MALFORMED, "must be 16 lower-case hexadecimal digits");
        }
        return text;
    }

    private static @Nullable String text(FilterSource source, String name, int maxUnits) {
        if (source.values(name).isEmpty()) {
            return null;
        }
        var text = source.value(name);
        if (text.isBlank()) {
            source.fault(name, Code.BLANK, "must not be blank");
        } else if (text.length() > maxUnits) {
            source.fault(name, Code.TOO_LONG, "has more than " + maxUnits + " UTF-16 units");
        }
        return text;
    }

    private static @Nullable UUID id(FilterSource source, String name) {
        if (source.values(name).isEmpty()) {
            return null;
        }
        var id = Uuids.parse(source.value(name));
        if (id.isEmpty()) {
            source.fault(name, Code.NOT_A_UUID, "must be a UUID of 8-4-4-4-12 hexadecimal digits");
        }
        return id.orElse(null);
    }

    /** A moment, or a whole day in UTC: then its start, or the start of that many days later. */
    private static @Nullable Instant time(FilterSource source, String name, int days) {
        if (source.values(name).isEmpty()) {
            return null;
        }
        var text = source.value(name);
        try {
            if (!DAY.matcher(text).matches()) {
                return Timestamps.parse(text);
            }
            var start = LocalDate.parse(text).plusDays(days).atStartOfDay().toInstant(ZoneOffset.UTC);
            if (start.isBefore(Timestamps.EARLIEST)) {
                throw new DateTimeException("no column can hold it");
            }
            // Up to the end of the last day there is: that is no limit, and no column could hold it.
            return start.isBefore(Timestamps.END) ? start : null;
        } catch (DateTimeException e) {
            source.fault(name, Code.NOT_A_TIMESTAMP, "must be a day as YYYY-MM-DD, or an RFC 3339 time");
            return null;
        }
    }

    /**
     * The conditions as SQL, over {@code dead_letter} under the name {@code d}.
     *
     * @return a condition for {@code WHERE}
     */
    public String condition() {
        // Letter case is the database's matter on both sides of LIKE, since it knows other upper case than Java.
        var conditions = new ArrayList<String>();
        add(conditions, statuses.isEmpty(), Columns.isAnyOf("d.status", "VARCHAR(9)", "filterStatus", statuses.size()));
        add(conditions, reasons.isEmpty(), Columns.isAnyOf("d.reason", "VARCHAR(24)", "filterReason", reasons.size()));
        add(conditions, fingerprint == null, "d.fingerprint = CAST(:filterFingerprint AS CHAR(16))");
        add(conditions, exceptionType == null, "d.exception_type = :filterExceptionType");
        add(conditions, provider == null, "d.provider = :filterProvider");
        add(conditions, accountId == null, "d.account_id = CAST(:filterAccountId AS BINARY(16))");
        add(conditions, wagerId == null, "d.wager_id = CAST(:filterWagerId AS BINARY(16))");
        add(conditions, from == null, "d.last_failed_at >= :filterFrom");
        add(conditions, to == null, "d.last_failed_at < :filterTo");
        add(
                conditions,
                text == null,
                "(UPPER(d.exception_message) LIKE UPPER(:filterText) ESCAPE '\\' OR UPPER(d.search_text) LIKE UPPER(:filterText) ESCAPE '\\')");
        return conditions.isEmpty() ? "1 = 1" : String.join("\nAND ", conditions);
    }

    private static void add(List<String> conditions, boolean isNone, String condition) {
        if (!isNone) {
            conditions.add(condition);
        }
    }

    /**
     * The parameters of {@link #condition}.
     *
     * @return by name, each beginning with {@code filter}
     */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        putEach(parameters, "filterStatus", statuses.stream().map(DeadLetterStatus::wireForm));
        putEach(parameters, "filterReason", reasons.stream().map(DeadLetterReason::wireForm));
        put(parameters, "filterFingerprint", fingerprint);
        put(parameters, "filterExceptionType", exceptionType);
        put(parameters, "filterProvider", provider);
        put(parameters, "filterAccountId", accountId == null ? null : Columns.bytes(accountId));
        put(parameters, "filterWagerId", wagerId == null ? null : Columns.bytes(wagerId));
        put(parameters, "filterFrom", from == null ? null : Columns.utc(from));
        put(parameters, "filterTo", to == null ? null : Columns.utc(to));
        put(
                parameters,
                "filterText",
                text == null ? null : "%" + WILDCARD.matcher(text).replaceAll("\\\\$0") + "%");
        return parameters;
    }

    private static void putEach(Map<String, Object> parameters, String name, Stream<String> values) {
        var sorted = values.sorted().toList();
        for (var i = 0; i < sorted.size(); i++) {
            parameters.put(name + i, sorted.get(i));
        }
    }

    private static void put(Map<String, Object> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    /** The same without the condition on text, the only one without an index. */
    DeadLetterFilter withoutText() {
        return new DeadLetterFilter(
                statuses, reasons, fingerprint, exceptionType, provider, accountId, wagerId, null, from, to);
    }

    /**
     * The column, equal in all selected letters, whose index has them in the order of lists. It must lead the order, or H2 sorts instead of
     * walking the index.
     */
    String leadingOrder() {
        if (accountId != null) {
            return "d.account_id, ";
        }
        if (fingerprint != null) {
            return "d.fingerprint, ";
        }
        if (exceptionType != null) {
            return "d.exception_type, ";
        }
        if (provider != null) {
            return "d.provider, ";
        }
        if (!reasons.isEmpty()) {
            return "d.reason, ";
        }
        return statuses.isEmpty() ? "" : "d.status, ";
    }

    /**
     * The values of the column that leads the order, if it has more than one: the index has the letters of each of them in order,
     * not those of all together.
     */
    List<String> leadingValues() {
        var values = switch (leadingOrder()) {
            case "d.reason, " ->
                reasons.stream().map(DeadLetterReason::wireForm).sorted().toList();
            case "d.status, " ->
                statuses.stream().map(DeadLetterStatus::wireForm).sorted().toList();
            default -> List.<String>of();
        };
        return values.size() > 1 ? values : List.of();
    }

    /**
     * The filter as parameters by name; for links, jobs and the audit.
     *
     * @return names in a fixed order, with their values
     */
    public Map<String, List<String>> values() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put(
                STATUS,
                statuses.stream().map(DeadLetterStatus::wireForm).sorted().toList());
        values.put(
                REASON,
                reasons.stream().map(DeadLetterReason::wireForm).sorted().toList());
        values.put(FINGERPRINT, list(fingerprint));
        values.put(EXCEPTION_TYPE, list(exceptionType));
        values.put(PROVIDER, list(provider));
        values.put(ACCOUNT_ID, list(accountId));
        values.put(WAGER_ID, list(wagerId));
        values.put(TEXT, list(text));
        values.put(FROM, list(from == null ? null : Timestamps.format(from)));
        values.put(TO, list(to == null ? null : Timestamps.format(to)));
        values.values().removeIf(List::isEmpty);
        return values;
    }

    private static List<String> list(@Nullable Object value) {
        return value == null ? List.of() : List.of(value.toString());
    }

    /** The link with every condition. */
    NextLink addTo(NextLink link) {
        values().forEach((name, values) -> values.forEach(value -> link.with(name, value)));
        return link;
    }
}
