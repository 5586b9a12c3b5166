package io.wager.api.repair;

import io.wager.api.audit.Action;
import io.wager.api.audit.AuditLog;
import io.wager.api.problem.ProblemException;
import io.wager.core.wager.Fault;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Lets no action of a person pass without its entry in the audit, whether it was done or refused. */
@Component
final class ActionRecorder {

    private final AuditLog audit;
    private final RepairMetrics metrics;
    private final Transactions transactions;

    ActionRecorder(AuditLog audit, RepairMetrics metrics, Transactions transactions) {
        this.audit = audit;
        this.metrics = metrics;
        this.transactions = transactions;
    }

    /** Does it and writes it down in one transaction; false if the change found another state than it expects. */
    boolean perform(Action action, String outcome, BooleanSupplier change) {
        return transactions.call(() -> {
            var isDone = change.getAsBoolean();
            if (isDone) {
                audit.write(action, outcome);
            }
            return isDone;
        });
    }

    /** The problem to throw. */
    ProblemException refuse(Action action, Refusal refusal) {
        return refuse(action, refusal, List.of());
    }

    /** The problem to throw, with what is wrong with the wager. */
    ProblemException refuse(Action action, Refusal refusal, List<Fault> faults) {
        refuse(action, refusal.wireForm());
        metrics.refused(refusal);
        return refusal.problem(faults);
    }

    /** Writes down a refusal that is not for the letter's state. */
    void refuse(Action action, String reason) {
        transactions.run(() -> audit.write(action, "refused: " + reason));
    }
}
