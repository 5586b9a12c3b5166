package io.wager.api.fate;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Finds the wagers that are dead letters: open, requeued or discarded ones. */
public interface DeadLetterFates {

    /**
     * The dead letters of wagers.
     *
     * @param wagerIds up to 1,000 ids
     * @return by wager, the letter that failed last; none for wagers without a letter
     */
    Map<UUID, DeadLettered> find(Collection<UUID> wagerIds);

    /**
     * A wager that is dead-lettered.
     *
     * @param wagerId the wager
     * @param deadLetterId its dead letter
     * @param reason why, in the messages' spelling
     */
    record DeadLettered(UUID wagerId, UUID deadLetterId, String reason) {}
}
