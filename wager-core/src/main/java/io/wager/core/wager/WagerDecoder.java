package io.wager.core.wager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.wager.core.wager.Fault.Code;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads wagers from JSON in one pass and names every fault. Property names in any letter case, numbers exactly, unknown properties ignored.
 * It keeps no state: any number of threads may share one.
 */
public final class WagerDecoder {

    private static final JsonFactory JSON = JsonFactory.builder()
            // The body has its own limit; a number's length is judged by Amounts, which can name the property.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(200)
                    .build())
            // The default keeps buffers by thread, and a virtual thread lives for one request.
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private final Duration maxClockSkew;

    /**
     * A decoder.
     *
     * @param maxClockSkew how far ahead of the clock a wager may have been created
     */
    public WagerDecoder(Duration maxClockSkew) {
        this.maxClockSkew = maxClockSkew;
    }

    /**
     * Reads a body that is one wager.
     *
     * @param body JSON in UTF-8
     * @param now the time that {@code createdDateTime} is measured against
     * @return the verdict
     */
    public WagerVerdict decode(byte[] body, Instant now) {
        return decode(body, 0, body.length, now);
    }

    /**
     * Reads a body that is a JSON array of wagers.
     *
     * @param body JSON in UTF-8
     * @param maxItems the most elements
     * @param now the time that {@code createdDateTime} is measured against
     * @return a verdict per element; none of them is {@link WagerVerdict.Malformed}, because an array that is broken anywhere is refused as
     *     a whole
     */
    public BatchVerdict decodeArray(byte[] body, int maxItems, Instant now) {
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return new BatchVerdict.Refused("The body must be a JSON array of wagers.");
            }
            List<WagerVerdict> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (items.size() == maxItems) {
                    return tooMany(maxItems);
                }
                items.add(readWager(parser, now));
            }
            if (parser.nextToken() != null) {
                return new BatchVerdict.Refused("Something follows the end of the JSON array.");
            }
            return items.isEmpty() ? none() : new BatchVerdict.Items(items);
        } catch (IOException e) {
            return new BatchVerdict.Refused("The body is not a well-formed JSON array" + place(e) + ".");
        }
    }

    /**
     * Reads a body that is newline-delimited JSON, a wager a line. Blank lines are skipped and not counted.
     *
     * @param body lines of JSON in UTF-8, ended by LF or CR LF
     * @param maxItems the most wagers
     * @param now the time that {@code createdDateTime} is measured against
     * @return a verdict per line; a broken line is {@link WagerVerdict.Malformed} and leaves the others alone
     */
    public BatchVerdict decodeLines(byte[] body, int maxItems, Instant now) {
        List<WagerVerdict> items = new ArrayList<>();
        var start = 0;
        while (start < body.length) {
            var end = endOfLine(body, start);
            if (!isBlank(body, start, end)) {
                if (items.size() == maxItems) {
                    return tooMany(maxItems);
                }
                items.add(decode(body, start, end - start, now));
            }
            start = end + 1;
        }
        return items.isEmpty() ? none() : new BatchVerdict.Items(items);
    }

    private WagerVerdict decode(byte[] body, int offset, int length, Instant now) {
        try (var parser = JSON.createParser(body, offset, length)) {
            if (parser.nextToken() == null) {
                return new WagerVerdict.Malformed("The body is empty.");
            }
            var verdict = readWager(parser, now);
            return parser.nextToken() == null
                    ? verdict
                    : new WagerVerdict.Malformed("Something follows the end of the JSON object.");
        } catch (IOException e) {
            return new WagerVerdict.Malformed("The body is not well-formed JSON" + place(e) + ".");
        }
    }

    /** Reads the value that the parser is at, and leaves the parser at its end. */
    private WagerVerdict readWager(JsonParser parser, Instant now) throws IOException {
        var draft = new WagerDraft();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new WagerVerdict.Invalid(
                    null, null, List.of(new Fault("", Code.WRONG_TYPE, "must be a JSON object")));
        }
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            draft.take(name, parser);
        }
        return draft.verdict(now.plus(maxClockSkew));
    }

    private static int endOfLine(byte[] body, int start) {
        var end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] body, int start, int end) {
        for (var i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static BatchVerdict tooMany(int maxItems) {
        return new BatchVerdict.Refused("The batch has more than " + maxItems + " wagers.");
    }

    private static BatchVerdict none() {
        return new BatchVerdict.Refused("The batch has no wagers.");
    }

    /** The place of the fault. The parser's own message stays internal: it names Java types and quotes the payload. */
    private static String place(IOException e) {
        return e instanceof JsonProcessingException json && json.getLocation() != null
                ? " (line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr() + ")"
                : "";
    }
}
