package io.wager.api.repair;

import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.wager.Fault;
import io.wager.core.wager.WagerId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a dead letter can be requeued.
 *
 * @param deadLetterId the dead letter
 * @param refusal why not; null if it can
 * @param faults the faults of the wager, if they are the reason
 * @param status the letter's status; null if there is no letter
 * @param wagerId the wager's id, where the body is valid
 */
public record Judgement(
        UUID deadLetterId,
        @Nullable Refusal refusal,
        List<Fault> faults,
        @Nullable DeadLetterStatus status,
        @Nullable WagerId wagerId) {}
