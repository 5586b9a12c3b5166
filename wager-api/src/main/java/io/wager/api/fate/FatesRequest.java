package io.wager.api.fate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.core.wager.Fault.Code;
import io.wager.core.wager.Uuids;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the body {@code {"wagerIds": [...]}} by the rules that wagers are read by, and names every fault. */
final class FatesRequest {

    static final int MAX_IDS = 1_000;

    private static final String NAME = "wagerIds";
    private static final String POINTER = "/" + NAME;
    private static final JsonFactory JSON = new JsonFactory();

    private final List<UUID> wagerIds = new ArrayList<>();
    private final List<ProblemError> faults = new ArrayList<>();
    private boolean isSeen;

    private FatesRequest() {}

    /** The ids in the order asked, 1 to 1,000, repeats included. */
    static List<UUID> read(byte[] body) {
        var reading = new FatesRequest();
        try (var parser = JSON.createParser(body)) {
            reading.readBody(parser);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "The body is not well-formed JSON.");
        }
        if (!reading.faults.isEmpty()) {
            throw new ProblemException(ProblemType.VALIDATION, "See errors for every fault.", reading.faults);
        }
        return reading.wagerIds;
    }

    private void readBody(JsonParser parser) throws IOException {
        var first = parser.nextToken();
        if (first == null) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "The body is empty.");
        }
        if (first == JsonToken.START_OBJECT) {
            readProperties(parser);
        } else {
            parser.skipChildren();
            fault("", Code.WRONG_TYPE, "must be a JSON object");
        }
        if (parser.nextToken() != null) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "Something follows the end of the JSON object.");
        }
    }

    private void readProperties(JsonParser parser) throws IOException {
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var value = parser.nextToken();
            if (!name.equalsIgnoreCase(NAME)) {
                parser.skipChildren();
            } else if (isSeen) {
                parser.skipChildren();
                fault(POINTER, Code.DUPLICATE_PROPERTY, "stands more than once");
            } else {
                isSeen = true;
                readIds(parser, value);
            }
        }
        if (!isSeen) {
            fault(POINTER, Code.REQUIRED, "is required");
        }
    }

    private void readIds(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            fault(POINTER, Code.REQUIRED, "is required");
            return;
        }
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            fault(POINTER, Code.WRONG_TYPE, "must be an array");
            return;
        }
        var count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count < MAX_IDS) {
                readId(parser, POINTER + "/" + count);
            } else {
                parser.skipChildren();
            }
            count++;
        }
        if (count < 1 || count > MAX_IDS) {
            fault(POINTER, Code.OUT_OF_RANGE, "must have from 1 to " + MAX_IDS + " ids, and has " + count);
        }
    }

    private void readId(JsonParser parser, String pointer) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            fault(pointer, Code.WRONG_TYPE, "must be a string");
            return;
        }
        Uuids.parse(parser.getText())
                .ifPresentOrElse(
                        wagerIds::add,
                        () -> fault(pointer, Code.NOT_A_UUID, "must be a UUID of 8-4-4-4-12 hexadecimal digits"));
    }

    private void fault(String pointer, Code code, String detail) {
        faults.add(ProblemError.inBody(pointer, code, detail));
    }
}
