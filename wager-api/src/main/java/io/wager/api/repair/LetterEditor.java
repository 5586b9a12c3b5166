package io.wager.api.repair;

import io.wager.api.audit.Action;
import io.wager.api.deadletter.BodyDiff;
import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.core.deadletter.DeadLetterEventKind;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.wager.Fault;
import io.wager.core.wager.Fault.Code;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import io.wager.service.validation.ValidationProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the bodies that persons write in place of the original, if they are valid. */
@Component
final class LetterEditor {

    private static final String POINTER = "/body";

    private final LetterRepository letters;
    private final ActionRecorder recorder;
    private final RepairMetrics metrics;
    private final WagerDecoder decoder;
    private final Clock clock;

    LetterEditor(
            LetterRepository letters,
            ActionRecorder recorder,
            RepairMetrics metrics,
            ValidationProperties validation,
            Clock clock) {
        this.letters = letters;
        this.recorder = recorder;
        this.metrics = metrics;
        this.decoder = new WagerDecoder(validation.maxClockSkew());
        this.clock = clock;
    }

    EditResponse edit(UUID id, EditRequest request, Action action) {
        var letter = letters.find(id).orElseThrow(() -> recorder.refuse(action, Refusal.UNKNOWN));
        var now = clock.instant();
        var refusal = refusal(letter, request.edit(), now);
        if (refusal != null) {
            throw recorder.refuse(action, refusal);
        }
        validate(request.body(), action, now);
        var edit = letter.edits() + 1;
        var isKept = recorder.perform(action, "edited: edit " + edit, () -> keep(letter, request.body(), action, now));
        if (!isKept) {
            var current = letters.find(id).map(other -> refusal(other, letter.edits(), now));
            throw recorder.refuse(action, current.orElse(Refusal.STALE_EDIT));
        }
        metrics.edited();
        return new EditResponse(id, edit, BodyDiff.of(letter.message().body(), request.body()));
    }

    private static @Nullable Refusal refusal(Letter letter, @Nullable Integer seen, Instant now) {
        if (letter.status() != DeadLetterStatus.OPEN) {
            return Refusal.NOT_OPEN;
        }
        if (letter.isClaimed(now)) {
            return Refusal.BEING_REQUEUED;
        }
        return seen == null || seen == letter.edits() ? null : Refusal.STALE_EDIT;
    }

    private void validate(byte[] body, Action action, Instant now) {
        switch (decoder.decode(body, now)) {
            case WagerVerdict.Valid ignored -> {
                // Nothing to say.
            }
            case WagerVerdict.Invalid invalid -> throw invalid(action, Refusal.INVALID, invalid.faults());
            case WagerVerdict.Malformed(var detail) ->
                throw invalid(action, Refusal.UNDECODABLE, List.of(new Fault("", Code.MALFORMED, detail)));
        }
    }

    private ProblemException invalid(Action action, Refusal why, List<Fault> faults) {
        recorder.refuse(action, why.wireForm());
        return new ProblemException(
                ProblemType.VALIDATION,
                "See errors for every rule that the new body breaks.",
                faults.stream()
                        .map(fault -> ProblemError.inBody(POINTER + fault.pointer(), fault.code(), fault.detail()))
                        .toList());
    }

    private boolean keep(Letter letter, byte[] body, Action action, Instant now) {
        if (!letters.edit(letter.id(), letter.edits(), now)) {
            return false;
        }
        var actor = action.actor().name();
        letters.addEdit(letter.id(), letter.edits() + 1, body, now, actor, action.note());
        letters.addEvents(List.of(new LetterRepository.Event(
                letter.id(), DeadLetterEventKind.EDITED, now, actor, null, action.note(), null)));
        return true;
    }
}
