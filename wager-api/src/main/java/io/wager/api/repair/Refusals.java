package io.wager.api.repair;

import io.wager.api.audit.Action;
import io.wager.api.audit.AuditLog;
import io.wager.api.problem.ProblemException;
import io.wager.core.wager.Fault;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Refuses actions of persons: counts them, writes them down and makes the answer. */
@Component
final class Refusals {

    private final Eligibility eligibility;
    private final AuditLog audit;
    private final RepairMetrics metrics;
    private final Transactions transactions;

    Refusals(Eligibility eligibility, AuditLog audit, RepairMetrics metrics, Transactions transactions) {
        this.eligibility = eligibility;
        this.audit = audit;
        this.metrics = metrics;
        this.transactions = transactions;
    }

    ProblemException refuse(Action action, Judgement judgement) {
        var refusal = judgement.refusal();
        return refuse(action, refusal == null ? Refusal.BEING_REQUEUED : refusal, judgement.faults());
    }

    ProblemException refuse(Action action, Refusal refusal) {
        return refuse(action, refusal, List.of());
    }

    /** Refuses what could be done when it was looked at, and could not when it was tried. */
    ProblemException refuseBeaten(Action action, UUID id, Refusal ifNothingShows) {
        var now = eligibility.judge(List.of(id), null).getFirst();
        var refusal = now.refusal();
        return refuse(action, refusal == null ? ifNothingShows : refusal, now.faults());
    }

    private ProblemException refuse(Action action, Refusal refusal, List<Fault> faults) {
        transactions.run(() -> audit.write(action, "refused: " + refusal.wireForm()));
        metrics.refused(refusal);
        return refusal.problem(faults);
    }
}
