package io.wager.standalone.queue;

/** How much more fits into a batch that is being cut: messages and bytes of their bodies. Its first message always fits. */
final class BatchRoom {

    private int messages;
    private long bytes;
    private int taken;

    /**
     * The room of an empty batch.
     *
     * @param messages the most messages, from 1
     * @param bytes the most bytes, from 1
     */
    BatchRoom(int messages, long bytes) {
        this.messages = messages;
        this.bytes = bytes;
    }

    /** How many more messages there may be, however small. */
    int messages() {
        return messages;
    }

    boolean isUntouched() {
        return taken == 0;
    }

    boolean fits(int length) {
        return messages > 0 && (taken == 0 || length <= bytes);
    }

    void take(int length) {
        taken++;
        messages--;
        bytes -= length;
    }

    /** Makes the room smaller, so that the batch has no more messages than this in all. */
    void limitTo(int messagesInAll) {
        messages = Math.max(0, Math.min(messages, messagesInAll - taken));
    }
}
