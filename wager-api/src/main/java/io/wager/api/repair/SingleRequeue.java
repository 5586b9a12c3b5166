package io.wager.api.repair;

import io.wager.api.audit.Action;
import io.wager.api.audit.AuditLog;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.core.messaging.PublishFailedException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/**
 * Requeues one letter for a person. The audit has an entry from the moment of the claim, since from then on the message may
 * be on its way whatever becomes of this process, and one with the outcome.
 */
@Component
final class SingleRequeue {

    private final Requeuer requeuer;
    private final LetterRepository letters;
    private final ActionRecorder recorder;
    private final AuditLog audit;
    private final Transactions transactions;

    SingleRequeue(
            Requeuer requeuer,
            LetterRepository letters,
            ActionRecorder recorder,
            AuditLog audit,
            Transactions transactions) {
        this.requeuer = requeuer;
        this.letters = letters;
        this.recorder = recorder;
        this.audit = audit;
        this.transactions = transactions;
    }

    RequeueResponse requeue(UUID id, Action action) {
        var prepared = requeuer.prepare(List.of(id), null);
        if (prepared.possible().isEmpty()) {
            throw refuse(action, prepared);
        }
        var claimed = transactions.call(() -> {
            var won = requeuer.claim(prepared.possible(), null);
            won.forEach(one -> audit.write(action, "begun: requeue " + one.number()));
            return won;
        });
        if (claimed.isEmpty()) {
            throw refuse(action, requeuer.prepare(List.of(id), null));
        }
        var sent = requeuer.publish(claimed, new CompletableFuture<>());
        transactions.run(() -> sent.forEach(one -> finish(one, action)));
        requeuer.count(sent);
        return answer(id, sent.getFirst());
    }

    /** If nothing shows any more, somebody who was faster has already come to an end. */
    private ProblemException refuse(Action action, Requeuer.Prepared prepared) {
        for (var judgement : prepared.refused()) {
            var refusal = judgement.refusal();
            if (refusal != null) {
                return recorder.refuse(action, refusal, judgement.faults());
            }
        }
        return recorder.refuse(action, Refusal.BEING_REQUEUED);
    }

    private void finish(Sent sent, Action action) {
        var number = sent.requeueing().number();
        if (sent.isDurable()) {
            requeuer.mark(List.of(sent.requeueing()), action.actor(), null);
            audit.write(action, "requeued: requeue " + number);
        } else {
            requeuer.release(List.of(sent), action.actor(), null);
            audit.write(action, "failed: " + sent.failureCode() + ", requeue " + number);
        }
    }

    private RequeueResponse answer(UUID id, Sent sent) {
        if (!sent.isDurable()) {
            var type = sent.failure() instanceof PublishFailedException known
                    ? ProblemType.of(known.reason())
                    : ProblemType.INTERNAL_ERROR;
            throw new ProblemException(
                    type,
                    "It is not known whether the message was published. Requeueing the dead letter again is safe.");
        }
        // The consumer may have settled it by now.
        var status = letters.find(id).map(Letter::status).orElseThrow(() -> Refusal.UNKNOWN.problem(List.of()));
        return new RequeueResponse(id, status.wireForm(), sent.requeueing().number());
    }
}
