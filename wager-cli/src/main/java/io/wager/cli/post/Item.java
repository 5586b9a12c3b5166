package io.wager.cli.post;

/** One wager as it was found, on one line, not judged: the bytes may be anything that has no line end. */
public final class Item {

    private final long index;
    private final long line;
    private final byte[] json;

    /**
     * An item. The bytes are not copied and must not change.
     *
     * @param index its place among the items, from 0
     * @param line the line it starts on, from 1; 0 where it is of no file
     * @param json its bytes, without a line end
     */
    public Item(long index, long line, byte[] json) {
        this.index = index;
        this.line = line;
        this.json = json;
    }

    /**
     * Its place among the items.
     *
     * @return from 0
     */
    public long index() {
        return index;
    }

    long line() {
        return line;
    }

    byte[] json() {
        return json;
    }
}
