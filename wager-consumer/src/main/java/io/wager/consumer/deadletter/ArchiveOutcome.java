package io.wager.consumer.deadletter;

/** What a failure was to the archive. */
enum ArchiveOutcome {
    /** The first of its dead letter, which was added. */
    ARCHIVED,
    /** One more of a dead letter that was there. */
    FAILED_AGAIN,
    /** Archived before: the message was delivered again. */
    KNOWN
}
