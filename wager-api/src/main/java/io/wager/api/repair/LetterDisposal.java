package io.wager.api.repair;

import io.wager.api.audit.Action;
import io.wager.core.deadletter.DeadLetterEventKind;
import io.wager.core.deadletter.DeadLetterStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Discards letters that nothing is to be done about, and takes that back. */
@Component
final class LetterDisposal {

    private final LetterRepository letters;
    private final ActionRecorder recorder;
    private final RepairMetrics metrics;
    private final Clock clock;

    LetterDisposal(LetterRepository letters, ActionRecorder recorder, RepairMetrics metrics, Clock clock) {
        this.letters = letters;
        this.recorder = recorder;
        this.metrics = metrics;
        this.clock = clock;
    }

    StatusResponse discard(UUID id, Action action) {
        var letter = letters.find(id).orElseThrow(() -> recorder.refuse(action, Refusal.UNKNOWN));
        var now = clock.instant();
        var refusal = letter.refusal(null, now);
        if (refusal != null) {
            throw recorder.refuse(action, refusal);
        }
        if (!change(id, action, "discarded", DeadLetterEventKind.DISCARDED, now, () -> letters.discard(id, now))) {
            throw recorder.refuse(action, refusalNow(id, now));
        }
        metrics.discarded();
        return new StatusResponse(id, DeadLetterStatus.DISCARDED.wireForm());
    }

    StatusResponse restore(UUID id, Action action) {
        if (letters.find(id).isEmpty()) {
            throw recorder.refuse(action, Refusal.UNKNOWN);
        }
        var now = clock.instant();
        if (!change(id, action, "restored", DeadLetterEventKind.RESTORED, now, () -> letters.restore(id, now))) {
            throw recorder.refuse(action, Refusal.NOTHING_TO_RESTORE);
        }
        metrics.restored();
        return new StatusResponse(id, DeadLetterStatus.OPEN.wireForm());
    }

    private boolean change(
            UUID id, Action action, String outcome, DeadLetterEventKind kind, Instant now, BooleanSupplier statement) {
        return recorder.perform(action, outcome, () -> {
            var isChanged = statement.getAsBoolean();
            if (isChanged) {
                letters.addEvents(List.of(
                        new LetterRepository.Event(id, kind, now, action.actor().name(), null, action.note(), null)));
            }
            return isChanged;
        });
    }

    /** Why the letter can't be discarded any more; if nothing shows, somebody was faster and has come to an end. */
    private Refusal refusalNow(UUID id, Instant now) {
        @Nullable
        Refusal refusal =
                letters.find(id).map(letter -> letter.refusal(null, now)).orElse(Refusal.UNKNOWN);
        return refusal == null ? Refusal.BEING_REQUEUED : refusal;
    }
}
