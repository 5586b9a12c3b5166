package io.wager.api.fate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.wager.core.wager.Wager;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a wager. */
sealed interface FateResponse {

    /**
     * It is stored.
     *
     * @param wagerId the wager
     * @param status always {@code stored}
     * @param conflicts how many distinct other contents came for its id
     * @param wager the wager as stored, in the contract's spelling; absent for a caller who may not read wagers
     */
    record Stored(
            UUID wagerId,
            String status,
            int conflicts,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Wager wager)
            implements FateResponse {}

    /**
     * It is a dead letter: open, requeued or discarded.
     *
     * @param wagerId the wager
     * @param status always {@code dead-lettered}
     * @param deadLetterId the dead letter that failed last
     * @param reason why, as messages spell it
     */
    record DeadLettered(UUID wagerId, String status, UUID deadLetterId, String reason) implements FateResponse {}
}
