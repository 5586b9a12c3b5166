package io.wager.consumer.watchdog;

import java.util.Set;

/**
 * What a look found wrong.
 *
 * @param description for the log; identifiers and numbers, no data
 * @param identity of what is wrong, equal at the next look if it is still the same
 * @param isCertain whether one look suffices; else it may pass, and counts if the next look finds it again
 * @param threads that a thread dump must show, since not every dump shows virtual ones
 */
record Symptom(String description, Object identity, boolean isCertain, Set<Thread> threads) {

    /** Copies the threads. */
    Symptom {
        threads = Set.copyOf(threads);
    }
}
