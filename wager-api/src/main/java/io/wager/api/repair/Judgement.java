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
 * @param faults what is wrong with the wager, if that is why
 * @param status where the letter stands; null if there is none
 * @param wagerId the wager's id, where the body is valid
 */
public record Judgement(
        UUID deadLetterId,
        @Nullable Refusal refusal,
        List<Fault> faults,
        @Nullable DeadLetterStatus status,
        @Nullable WagerId wagerId) {}
