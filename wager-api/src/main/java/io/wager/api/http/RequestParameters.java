package io.wager.api.http;

import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.core.wager.Uuids;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.catalina.Globals;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of one request strictly and collects their faults. It clamps and guesses nothing, and a repeated parameter is a
 * fault. Unknown parameters are ignored, like unknown properties of a body.
 *
 * <p>After the last read, {@link #check} ends the request if there was a fault. Until then a faulty parameter reads as a substitute. For
 * one thread.
 */
public final class RequestParameters {

    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final UUID STAND_IN = new UUID(0, 0);

    private final HttpServletRequest request;
    private final List<ProblemError> faults = new ArrayList<>();

    /**
     * Reads from a request.
     *
     * @param request the request
     */
    public RequestParameters(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * An id in the path.
     *
     * @param name the path variable's name
     * @param text its value
     * @return the id
     */
    public UUID id(String name, String text) {
        return Uuids.parse(text).orElseGet(() -> {
            fault(name, "not-a-uuid", "must be a UUID of 8-4-4-4-12 hexadecimal digits");
            return STAND_IN;
        });
    }

    /**
     * An integer in the query.
     *
     * @param name the parameter's name
     * @param min the least
     * @param max the greatest
     * @param absent the value if it was not sent
     * @return its value
     */
    public int integer(String name, int min, int max, int absent) {
        var text = text(name);
        if (text == null) {
            return absent;
        }
        if (INTEGER.matcher(text).matches()) {
            var value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return (int) value;
            }
        }
        fault(name, "out-of-range", "must be an integer from " + min + " to " + max);
        return absent;
    }

    /**
     * The parameters {@code from} and {@code to}: days as {@code YYYY-MM-DD}, both inclusive, in UTC.
     *
     * @return the window
     */
    public Days days() {
        var from = date("from");
        var to = date("to");
        if (from != null && to != null && from.isAfter(to)) {
            fault("to", "out-of-range", "must not be before from");
        }
        return new Days(from, to);
    }

    /**
     * The name of a provider or game in the query.
     *
     * @param name the parameter's name
     * @param maxUnits the most UTF-16 units
     * @return its value, or null if it was not sent
     */
    public @Nullable String name(String name, int maxUnits) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        if (text.isBlank()) {
            fault(name, "blank", "must not be blank");
        } else if (text.length() > maxUnits) {
            fault(name, "too-long", "has more than " + maxUnits + " UTF-16 units");
        }
        return text;
    }

    /**
     * A parameter as it was sent.
     *
     * @param name the parameter's name
     * @return its value, or null if it was not sent or is repeated
     */
    public @Nullable String text(String name) {
        var values = request.getParameterValues(name);
        if (values == null) {
            return null;
        }
        if (values.length > 1) {
            fault(name, "repeated", "stands more than once");
            return null;
        }
        return values[0];
    }

    /**
     * A parameter that may be repeated.
     *
     * @param name the parameter's name
     * @return its values in the order sent; empty if it was not sent
     */
    public List<String> texts(String name) {
        var values = request.getParameterValues(name);
        return values == null ? List.of() : List.of(values);
    }

    /**
     * Notes a fault.
     *
     * @param parameter the parameter's name
     * @param code the kind of fault, stable
     * @param detail what is wrong, for a person
     */
    public void fault(String parameter, String code, String detail) {
        faults.add(ProblemError.inParameter(parameter, code, detail));
    }

    /**
     * Ends the request if there was any fault.
     *
     * @throws ProblemException with status 400 and every fault
     */
    public void check() {
        // Tomcat drops what it can't decode and goes on; a filter that silently is not there would give wrong figures.
        if (request.getAttribute(Globals.PARAMETER_PARSE_FAILED_ATTR) != null) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "The query can't be decoded: it is not URL-encoded UTF-8.");
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETERS, "See errors for every parameter that is wrong.", faults);
        }
    }

    private @Nullable LocalDate date(String name) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        if (DATE.matcher(text).matches()) {
            try {
                var date = LocalDate.parse(text);
                if (date.getYear() > 0) {
                    return date;
                }
            } catch (DateTimeException e) {
                fault(name, "not-a-date", "is not a day that exists");
                return null;
            }
        }
        fault(name, "not-a-date", "must be a day as YYYY-MM-DD, from 0001-01-01 to 9999-12-31");
        return null;
    }
}
