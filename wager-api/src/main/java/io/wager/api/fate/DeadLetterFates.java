package io.wager.api.fate;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Tells which wagers are dead letters: open, requeued or discarded ones. */
public interface DeadLetterFates {

    /**
     * The dead letters of wagers.
     *
     * @param wagerIds up to 1,000 ids
     * @return the one that failed last of each wager that has any, by wager
     */
    Map<UUID, DeadLettered> find(Collection<UUID> wagerIds);

    /**
     * A wager that is dead-lettered.
     *
     * @param wagerId the wager
     * @param deadLetterId its dead letter
     * @param reason why, as messages spell it
     */
    record DeadLettered(UUID wagerId, UUID deadLetterId, String reason) {}
}
