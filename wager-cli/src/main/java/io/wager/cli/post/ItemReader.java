package io.wager.cli.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts wagers out of a JSON array or of newline-delimited JSON, whichever the first byte that is not blank tells, without
 * judging them: the bytes go to the server as they are, numbers and all. Only line ends between the tokens of an array's
 * element become spaces, since an item travels on one line. Holds one item at a time, of up to {@value #MAX_ITEM_BYTES} bytes.
 */
final class ItemReader {

    /** The contract's limit of a batch: what is larger is refused by every server, and is not kept in memory. */
    static final int MAX_ITEM_BYTES = 8 * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int END = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;
    private int at;
    private long offset;
    private long line = 1;
    private long lineStart;
    private boolean isStarted;
    private boolean isArray;
    private boolean isEnded;
    private long count;

    ItemReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next item.
     *
     * @return the item, or null at the end of the input
     * @throws BrokenInputException if an array is broken here
     * @throws IOException if the input can't be read
     */
    @Nullable
    Item next() throws IOException, BrokenInputException {
        if (!isStarted) {
            isStarted = true;
            start();
        }
        if (isEnded) {
            return null;
        }
        return isArray ? nextElement() : nextLine();
    }

    private void start() throws IOException, BrokenInputException {
        if (peek() == 0xEF) {
            passByteOrderMark();
        } else if (peek() == 0xFE || peek() == 0xFF) {
            throw broken("this looks like UTF-16; JSON must be in UTF-8");
        }
        passBlanks();
        if (peek() == '[') {
            isArray = true;
            read();
        }
    }

    private void passByteOrderMark() throws IOException, BrokenInputException {
        read();
        if (read() != 0xBB || read() != 0xBF) {
            throw broken("this is neither a JSON array nor lines of JSON");
        }
        lineStart = offset;
    }

    private @Nullable Item nextLine() throws IOException {
        passBlanks();
        if (peek() == END) {
            isEnded = true;
            return null;
        }
        var bytes = new ItemBytes();
        var startLine = line;
        while (peek() != END && peek() != '\n') {
            bytes.add(read());
        }
        return bytes.item(count++, startLine);
    }

    private @Nullable Item nextElement() throws IOException, BrokenInputException {
        passBlanks();
        if (count > 0 && peek() == ',') {
            read();
            passBlanks();
            if (peek() == ']' || peek() == ',') {
                throw broken("an element is missing");
            }
        } else if (peek() == ']') {
            read();
            end();
            return null;
        } else if (count > 0 && peek() != END) {
            throw broken("a comma or the end of the array is missing");
        }
        if (peek() == END) {
            throw broken("the array has no end");
        }
        return element();
    }

    private void end() throws IOException, BrokenInputException {
        isEnded = true;
        passBlanks();
        if (peek() != END) {
            throw broken("something follows the end of the array");
        }
    }

    private Item element() throws IOException, BrokenInputException {
        var bytes = new ItemBytes();
        var startLine = line;
        var nesting = new StringBuilder();
        while (true) {
            var next = peek();
            if (next == END) {
                throw broken("the array ends within an element that starts on line " + startLine);
            }
            if (nesting.isEmpty() && (next == ',' || next == ']' || next == '}' || isBlank(next))) {
                if (bytes.isEmpty()) {
                    throw broken("an element is missing");
                }
                return bytes.item(count++, startLine);
            }
            if (next == '"') {
                string(bytes);
                continue;
            }
            nest(nesting, next);
            bytes.add(isBlank(read()) ? ' ' : next);
        }
    }

    private void nest(StringBuilder nesting, int next) throws BrokenInputException {
        switch (next) {
            case '{' -> nesting.append('}');
            case '[' -> nesting.append(']');
            case '}', ']' -> {
                if (nesting.charAt(nesting.length() - 1) != next) {
                    throw broken("a bracket is closed by one of another kind");
                }
                nesting.setLength(nesting.length() - 1);
            }
            default -> {
                return;
            }
        }
    }

    private void string(ItemBytes bytes) throws IOException, BrokenInputException {
        bytes.add(read());
        while (peek() != '"') {
            if (peek() == END) {
                throw broken("the array ends within a string");
            }
            if (peek() == '\n' || peek() == '\r') {
                throw broken("a string has a line end, or its closing quote is missing");
            }
            if (peek() == '\\') {
                bytes.add(read());
                if (peek() == END || peek() == '\n' || peek() == '\r') {
                    continue;
                }
            }
            bytes.add(read());
        }
        bytes.add(read());
    }

    private void passBlanks() throws IOException {
        while (isBlank(peek())) {
            read();
        }
    }

    private static boolean isBlank(int next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }

    private int peek() throws IOException {
        if (at == length) {
            length = Math.max(0, in.read(buffer, 0, buffer.length));
            at = 0;
            if (length == 0) {
                return END;
            }
        }
        return buffer[at] & 0xFF;
    }

    private int read() throws IOException {
        var next = peek();
        if (next != END) {
            at++;
            offset++;
            if (next == '\n') {
                line++;
                lineStart = offset;
            }
        }
        return next;
    }

    private BrokenInputException broken(String what) {
        return new BrokenInputException(
                "line " + line + ", column " + (offset - lineStart + 1) + " (byte " + offset + "): " + what);
    }

    /** Gathers an item; of one that is too large only its beginning, which is enough to have it refused. */
    private static final class ItemBytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

        void add(int next) {
            // One more than allowed is kept, so that the sender sees that the item is too large.
            if (bytes.size() <= MAX_ITEM_BYTES) {
                bytes.write(next);
            }
        }

        boolean isEmpty() {
            return bytes.size() == 0;
        }

        Item item(long index, long line) {
            return new Item(index, line, bytes.toByteArray());
        }
    }
}
