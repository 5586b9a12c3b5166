package io.wager.consumer.reconcile.accepted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.wager.core.wager.Uuids;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's file line by line: JSON objects with a wagerId, or bare ids, mixed as they come; blank lines are nothing. A
 * line is never longer in memory than its limit.
 */
final class AcceptedLines {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream input;
    private final int limitBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int end;
    private long number;
    private long bytes;

    /**
     * A reader.
     *
     * @param input UTF-8; not closed here
     * @param limitBytes the longest line that is read; a longer one is broken
     */
    AcceptedLines(InputStream input, int limitBytes) {
        this.input = input;
        this.limitBytes = limitBytes;
    }

    /** Bytes read so far. */
    long bytes() {
        return bytes - (end - position);
    }

    /** The next line that is not blank; null after the last. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            line.reset();
            var isTooLong = false;
            var isEnd = true;
            for (var b = read(); b >= 0; b = read()) {
                isEnd = false;
                if (b == '\n') {
                    break;
                }
                if (line.size() < limitBytes) {
                    line.write(b);
                } else {
                    isTooLong = true;
                }
            }
            if (isEnd) {
                return null;
            }
            number++;
            if (isTooLong) {
                return new Line.Broken(number, "is longer than " + limitBytes + " bytes");
            }
            var parsed = parse();
            if (parsed != null) {
                return parsed;
            }
        }
    }

    private int read() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, input.read(buffer));
            bytes += end;
            if (end == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xFF;
    }

    private @Nullable Line parse() {
        var text = line.toString(StandardCharsets.UTF_8);
        if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        text = text.strip();
        if (text.isEmpty()) {
            return null;
        }
        return text.startsWith("{") ? parseObject(text) : id(text);
    }

    private Line parseObject(String text) {
        try (var json = JSON.createParser(text)) {
            json.nextToken();
            String id = null;
            for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                var token = json.nextToken();
                if (name.toLowerCase(Locale.ROOT).equals("wagerid") && token == JsonToken.VALUE_STRING) {
                    id = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                return new Line.Broken(number, "has something after its object");
            }
            return id == null ? new Line.Broken(number, "has no wagerId") : id(id);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            return new Line.Broken(
                    number, "is not well-formed JSON" + (place == null ? "" : " (column " + place.getColumnNr() + ")"));
        } catch (IOException e) {
            return new Line.Broken(number, "can't be read");
        }
    }

    private Line id(String text) {
        var bare = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
        return Uuids.parse(bare)
                .<Line>map(id -> new Line.Id(number, id))
                .orElseGet(() -> new Line.Broken(number, "has no UUID of 8-4-4-4-12 hexadecimal digits as its id"));
    }

    /** What a line says. */
    sealed interface Line {

        /**
         * A wager.
         *
         * @param number of the line, from 1
         * @param wagerId the wager
         */
        record Id(long number, UUID wagerId) implements Line {}

        /**
         * Nothing that can be used.
         *
         * @param number of the line, from 1
         * @param problem what is wrong, to follow the line's number
         */
        record Broken(long number, String problem) implements Line {}
    }
}
